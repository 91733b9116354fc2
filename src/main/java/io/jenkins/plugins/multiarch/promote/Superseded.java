package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a promotion says that did nothing, because somebody else promoted something newer. */
final class Superseded {
    private final Registry registry;
    private final ImageReading reading;
    private final Consumer<String> log;

    Superseded(Registry registry, ImageReading reading, Consumer<String> log) {
        this.registry = registry;
        this.reading = reading;
        this.log = log;
    }

    PromotedTags by(Survey survey, String newer) throws InterruptedException {
        List<MovedTag> tags = new ArrayList<>();
        for (Candidate candidate : survey.candidates()) {
            TagName name = candidate.change().name();
            Optional<Digest> now = registry.head(name.repository(), name.tag()).map(Descriptor::digest);
            now.ifPresent(digest -> tags.add(new MovedTag(
                    name.repository(), name.tag(), candidate.change().previous(), digest, false, "superseded")));
        }
        log.accept("Nothing was promoted: superseded by " + newer + ".");
        return new PromotedTags(tags, newer, List.of());
    }

    /** Their version where they say one, and their digest. */
    String newer(LostRace lost) throws InterruptedException {
        if (lost.now().isEmpty()) {
            return "nobody, for " + lost.name() + " was removed";
        }
        Digest theirs = lost.now().get();
        try {
            String version = reading.facts(lost.name().repository(), theirs).version();
            return version.isEmpty() ? theirs.toString() : version + " (" + theirs + ")";
        } catch (ReleaseException e) {
            return theirs.toString();
        }
    }
}
