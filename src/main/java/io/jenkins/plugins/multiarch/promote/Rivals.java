package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Those on other machines who promote the same tags at the same time. */
final class Rivals {
    private final Registry registry;
    private final ImageReading reading;

    Rivals(Registry registry, ImageReading reading) {
        this.registry = registry;
        this.reading = reading;
    }

    /**
     * Whether no tag is theirs after all, when a race was lost: where two each see a tag of the other's, both give way, and
     * what one took for the state to put back may have been half of what the other did.
     */
    boolean haveGivenWay(Survey survey, LostRace lost) throws InterruptedException {
        List<TagChange> changes =
                survey.release().stream().map(Candidate::change).toList();
        if (changes.stream().map(TagChange::name).noneMatch(lost.name()::equals)) {
            return false;
        }
        for (TagChange change : changes) {
            Optional<Digest> now = change.name().leadsTo(registry);
            if (!now.equals(change.previous()) && !change.isSet(now)) {
                return false;
            }
        }
        return true;
    }

    /** Whether both mean the same images and channel: one that was asked for by a tag may be another by now. */
    static boolean isTheSame(Survey survey, Survey again) {
        return goals(survey).equals(goals(again)) && survey.channel().equals(again.channel());
    }

    private static Map<TagName, Digest> goals(Survey survey) {
        return survey.candidates().stream()
                .map(Candidate::change)
                .collect(Collectors.toMap(TagChange::name, TagChange::digest));
    }

    /** Where the tags lead that they won. */
    List<MovedTag> tags(Survey survey) throws InterruptedException {
        List<MovedTag> tags = new ArrayList<>();
        for (Candidate candidate : survey.candidates()) {
            TagName name = candidate.change().name();
            name.leadsTo(registry)
                    .ifPresent(digest -> tags.add(new MovedTag(
                            name.repository(),
                            name.tag(),
                            candidate.change().previous(),
                            digest,
                            false,
                            "superseded")));
        }
        return tags;
    }

    /** Their version where they say one, and their digest. */
    String release(LostRace lost) throws InterruptedException {
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
