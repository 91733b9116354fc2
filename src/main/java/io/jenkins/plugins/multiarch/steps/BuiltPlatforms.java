package io.jenkins.plugins.multiarch.steps;

import hudson.model.Run;
import io.jenkins.plugins.multiarch.attest.ImageSubjects;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.ui.PlatformRecord;
import io.jenkins.plugins.multiarch.ui.ReleaseAction;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The platforms that a build built, in the order in which they began: as the controller recorded them when their agents were
 * done, whatever a script says.
 */
record BuiltPlatforms(List<Built> all) {

    BuiltPlatforms {
        all = List.copyOf(all);
    }

    /** A platform, and the image that was found where it was built. */
    record Built(PlatformRecord record, CollectedImage image) {

        private boolean has(Digest digest) {
            return image.root().equals(digest) || image.manifest().digest().equals(digest);
        }
    }

    static BuiltPlatforms of(Run<?, ?> run) {
        return of(Optional.ofNullable(run.getAction(ReleaseAction.class))
                .map(ReleaseAction::getPlatforms)
                .orElse(List.of()));
    }

    static BuiltPlatforms of(List<PlatformRecord> records) {
        return new BuiltPlatforms(records.stream()
                .filter(record -> record.getResult() != null)
                .map(record ->
                        new Built(record, BuiltCell.parse(record.getResult()).found()))
                .toList());
    }

    /**
     * Those that an image is made of, whatever the repository: a copy has the same digests.
     *
     * @throws ReleaseException if something in it was not built by this build
     */
    BuiltPlatforms in(ImageSubjects image) {
        Set<Built> found = new LinkedHashSet<>();
        for (Descriptor one : image.children().isEmpty() ? List.of(image.image()) : image.children()) {
            found.add(all.stream()
                    .filter(built -> built.has(one.digest()))
                    .findFirst()
                    .orElseThrow(() -> notBuilt(image, one)));
        }
        return new BuiltPlatforms(List.copyOf(found));
    }

    private static ReleaseException notBuilt(ImageSubjects image, Descriptor one) {
        String platform = one.platform().map(known -> " (" + known + ")").orElse("");
        return new ReleaseException(
                "This build did not build " + one.digest() + platform + ", and provenance of " + image.reference()
                        + " would say that it did.",
                "Attest what buildMultiArch returned in this build, or say provenance: false, which attests and signs the"
                        + " rest. What others built, verifyImage verifies.");
    }

    /** When the last of them was built. */
    Instant finished() {
        return Instant.ofEpochMilli(all.stream()
                .mapToLong(built -> built.record().getFinished())
                .max()
                .orElseThrow());
    }
}
