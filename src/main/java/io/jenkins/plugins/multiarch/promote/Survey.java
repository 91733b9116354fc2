package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ImageRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the preflight found, with nothing against it.
 *
 * @param supersededBy a newer release that stands there already, or empty
 * @param lagging mirrors that stay behind, and why
 * @param channel what becomes of the document of the channel, where one was named
 */
record Survey(
        List<Candidate> candidates, String supersededBy, Map<Mirror, String> lagging, Optional<ChannelMove> channel) {

    Survey {
        candidates = List.copyOf(candidates);
        lagging = Map.copyOf(lagging);
    }

    /** The tags that move or stand right already, everywhere but on mirrors that may lag. */
    List<Candidate> settled() {
        return candidates.stream()
                .filter(one -> one.kept().isEmpty() && one.place().lagging().isEmpty())
                .toList();
    }

    /** The tags that move or stand right already on a mirror that may lag. */
    List<Candidate> settled(Mirror mirror) {
        return candidates.stream()
                .filter(one -> one.kept().isEmpty()
                        && one.place().lagging().filter(mirror::equals).isPresent())
                .toList();
    }

    /** The tags to move everywhere but on mirrors that may lag. */
    List<Candidate> release() {
        return moving().filter(one -> one.place().lagging().isEmpty()).toList();
    }

    /** The tags to move on a mirror that may lag. */
    List<Candidate> of(Mirror mirror) {
        return moving().filter(
                        one -> one.place().lagging().filter(mirror::equals).isPresent())
                .toList();
    }

    List<Mirror> mirrorsThatMayLag() {
        return candidates.stream()
                .flatMap(one -> one.place().lagging().stream())
                .distinct()
                .toList();
    }

    private Stream<Candidate> moving() {
        return candidates.stream().filter(Candidate::moves);
    }

    /** What a copy has to bring: the image once for each repository that gets a tag of it. */
    static List<Candidate> copies(List<Candidate> moving) {
        return moving.stream()
                .filter(Candidate::isElsewhere)
                .collect(Collectors.toMap(
                        one -> ImageRef.of(one.target(), one.change().digest()),
                        one -> one,
                        (first, second) -> first,
                        LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** The tags that lead somewhere, without those of mirrors that stayed behind. */
    List<MovedTag> tagsWithout(Set<Mirror> behind) {
        return candidates.stream()
                .filter(one -> one.place().lagging().filter(behind::contains).isEmpty())
                .filter(one -> one.kept().isEmpty() || one.change().previous().isPresent())
                .map(Candidate::planned)
                .toList();
    }

    /** A line for each tag that is not there and was not made. */
    List<String> absent() {
        return candidates.stream()
                .filter(one -> !one.kept().isEmpty() && one.change().previous().isEmpty())
                .map(one -> "Left out " + one.change().name() + ": " + one.kept() + ".")
                .toList();
    }

    List<String> laggingLines() {
        return lines(lagging);
    }

    static List<String> lines(Map<Mirror, String> lagging) {
        return lagging.entrySet().stream()
                .map(one -> "The mirror " + one.getKey() + " stays behind: " + one.getValue())
                .toList();
    }
}
