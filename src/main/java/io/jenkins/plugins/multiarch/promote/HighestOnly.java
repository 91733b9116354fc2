package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.version.PythonVersion;
import io.jenkins.plugins.multiarch.version.ReleaseVersion;
import io.jenkins.plugins.multiarch.version.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Leaves tags such as {@code latest} to the highest stable version of their repository, by semantic versioning or PEP 440. */
final class HighestOnly {
    /** Numbers of a version that nobody takes for that of something else. */
    private static final int FULL = 3;

    private final Registry registry;
    private final ImageReading reading;
    private final PromotionRequest request;
    private final Map<Repository, List<ReleaseVersion>> released = new HashMap<>();

    HighestOnly(Registry registry, ImageReading reading, PromotionRequest request) {
        this.registry = registry;
        this.reading = reading;
        this.request = request;
    }

    /** Why this one does not get its tag; empty where it may, as where it says no version and has none as a tag. */
    String whyNot(Candidate candidate) throws InterruptedException {
        String said = reading.facts(
                        candidate.image().repository(), candidate.change().digest())
                .version();
        Optional<ReleaseVersion> version = version(said);
        if (version.isEmpty()) {
            return said.isEmpty()
                    ? ""
                    : ReleaseVersion.highest(others(candidate, FULL))
                            .map(other -> "'" + said + "' cannot be compared with " + other.text())
                            .orElse("");
        }
        if (version.get().isPrerelease() && !request.guards().prereleases()) {
            return version.get().text() + " is a prerelease";
        }
        return ReleaseVersion.highest(others(candidate, Math.min(FULL, numbers(version.get()))))
                .filter(other -> isHigher(other, version.get()))
                .map(higher -> version.get().text() + " is lower than " + higher.text())
                .orElse("");
    }

    static boolean isHigher(ReleaseVersion one, ReleaseVersion other) {
        return ReleaseVersion.compare(one, other).orElse(0) > 0;
    }

    /**
     * What the image says, else the highest version among the tags. A plain {@code 24.04} counts last: images often say it
     * that have it from the image that they were built on.
     */
    private Optional<ReleaseVersion> version(String said) {
        Optional<ReleaseVersion> own = ReleaseVersion.read(said);
        if (own.filter(version -> version instanceof Version || version.isPrerelease())
                .isPresent()) {
            return own;
        }
        List<ReleaseVersion> tags = versions(request.tags());
        Optional<ReleaseVersion> named = ReleaseVersion.highest(
                tags.stream().filter(Version.class::isInstance).toList());
        return named.or(() -> own).or(() -> ReleaseVersion.highest(tags));
    }

    /**
     * The stable versions that tags of the repository name, and the one that stands behind the tag itself.
     *
     * @param numbers how many the latter has to have at least, for an image may say {@code 24.04} of what it was built on
     */
    private List<ReleaseVersion> others(Candidate candidate, int numbers) throws InterruptedException {
        Repository target = candidate.target();
        List<ReleaseVersion> tagged = released.get(target);
        if (tagged == null) {
            tagged = versions(registry.tags(target)).stream()
                    .filter(version -> !version.isPrerelease())
                    .toList();
            released.put(target, tagged);
        }
        Optional<Digest> previous = candidate.change().previous();
        Optional<ReleaseVersion> standing = previous.isEmpty()
                ? Optional.empty()
                : ReleaseVersion.read(reading.facts(target, previous.get()).version())
                        .filter(version -> numbers(version) >= numbers);
        return Stream.concat(tagged.stream(), standing.stream()).toList();
    }

    private static int numbers(ReleaseVersion version) {
        return version instanceof PythonVersion python ? python.release().size() : FULL;
    }

    private static List<ReleaseVersion> versions(List<Tag> tags) {
        List<ReleaseVersion> versions = new ArrayList<>();
        tags.forEach(tag -> ReleaseVersion.read(tag.name()).ifPresent(versions::add));
        return versions;
    }
}
