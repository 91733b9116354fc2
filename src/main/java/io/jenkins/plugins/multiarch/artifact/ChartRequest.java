package io.jenkins.plugins.multiarch.artifact;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.image.Tag;
import java.nio.file.Path;

/**
 * A Helm chart to push.
 *
 * @param repository ends in the name of the chart, as Helm looks for it there
 * @param chart the packed chart, {@code NAME-VERSION.tgz}
 * @param version that the chart has to have; empty for whichever it has
 * @param immutableTag whether another chart under the same version is refused
 */
public record ChartRequest(Repository repository, Path chart, String version, boolean immutableTag) {

    /** The tag of the chart, once it is the one that was asked for. */
    Tag checkedTag(Chart read) {
        String path = "/" + repository.path();
        if (!path.endsWith("/" + read.name())) {
            throw new ReleaseException(
                    "The chart is called '" + Shown.of(read.name()) + "', and Helm would not find it in " + repository
                            + ".",
                    "Push it to a repository that ends in /" + Shown.of(read.name()) + ".");
        }
        if (!version.isEmpty() && !plain(version).equals(plain(read.version()))) {
            throw new ReleaseException(
                    "The chart has the version " + Shown.of(read.version()) + ", and " + Shown.of(version)
                            + " is to be released.",
                    "Set version in Chart.yaml and pack the chart again.");
        }
        return new Tag(read.version().replace('+', '_'));
    }

    private static String plain(String version) {
        return version.startsWith("v") ? version.substring(1) : version;
    }
}
