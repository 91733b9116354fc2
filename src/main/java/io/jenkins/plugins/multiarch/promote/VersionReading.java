package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.version.ReleaseVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The version of a release, as receipts and the documents of channels tell it. */
final class VersionReading {
    private final ImageReading reading;
    private final Consumer<String> log;

    /** @param log gets a line where an image cannot be read, which no release ends for */
    VersionReading(ImageReading reading, Consumer<String> log) {
        this.reading = reading;
        this.log = log;
    }

    /** What was said, else what the image says, else the highest version among the tags, else nothing. */
    String of(PromotionRequest request, Candidate one) throws InterruptedException {
        if (!request.note().version().isEmpty()) {
            return request.note().version();
        }
        try {
            String said = reading.facts(one.image().repository(), one.change().digest())
                    .version();
            if (!said.isEmpty()) {
                return said;
            }
        } catch (ReleaseException e) {
            log.accept("The version of " + one.image() + " could not be read: " + e.fact());
        }
        List<ReleaseVersion> named = new ArrayList<>();
        request.tags().stream()
                .filter(MoveOrder::isRelease)
                .map(Tag::name)
                .forEach(name -> ReleaseVersion.read(name).ifPresent(named::add));
        return ReleaseVersion.highest(named).map(ReleaseVersion::text).orElse("");
    }
}
