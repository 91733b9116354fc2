package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Ends a promotion that broke off, going by the registry as it is now and not by how far the journal got: where every image
 * is there and nobody else moved a tag it is finished, else every tag that it moved goes back. Only what was being taken
 * back already is taken back in any case, and what had moved as a whole is not taken back in any case.
 */
final class Recovery {
    private final Registry registry;
    private final Consumer<String> log;
    private final KnownManifests manifests;
    private final Journal journal;
    private final Leaving leaving;

    Recovery(Registry registry, KnownManifests manifests, Journal journal, Leaving leaving, Consumer<String> log) {
        this.registry = registry;
        this.log = log;
        this.manifests = manifests;
        this.journal = journal;
        this.leaving = leaving;
    }

    PromotedTags of(Unfinished unfinished) throws IOException, InterruptedException {
        List<TagChange> changes = unfinished.changes();
        Precedence precedence = Precedence.ofTheLast(Channels.newest(changes), Precedence.OF_THE_FIRST);
        TagTransaction transaction = new TagTransaction(registry, manifests, journal, precedence, leaving, log);
        String names = changes.stream().map(change -> change.name().toString()).collect(Collectors.joining(", "));
        if (unfinished.isMoved()) {
            log.accept("Every tag of a promotion that broke off has moved: " + names + ".");
            PromotedTags moved = standing(changes, "");
            transaction.leave(unfinished.receipt());
            return moved;
        }
        Optional<String> against = unfinished.restoring().map(JournalEntry.Restoring::reason);
        if (against.isEmpty()) {
            against = whatStandsAgainst(changes);
        }
        if (against.isEmpty()) {
            log.accept("Finishing a promotion that broke off: " + names + ".");
            Optional<LostRace> lost = transaction.finish(changes, unfinished.receipt());
            return lost.isPresent() ? standing(changes, lost.get().getMessage()) : moved(changes);
        }
        log.accept("Taking back a promotion that broke off: " + names + ". " + against.get());
        transaction.restore(changes, unanswered(unfinished), against.get(), null);
        return standing(changes, against.get());
    }

    private static Set<TagName> unanswered(Unfinished unfinished) {
        return unfinished
                .restoring()
                .map(JournalEntry.Restoring::unanswered)
                .map(Set::copyOf)
                .orElse(Set.of());
    }

    /** Why it cannot be finished, as a sentence. */
    private Optional<String> whatStandsAgainst(List<TagChange> changes) throws InterruptedException {
        Optional<TagName> newest = Channels.newest(changes);
        for (TagChange change : changes) {
            Optional<Digest> now = change.name().leadsTo(registry);
            boolean isAnybodys = newest.filter(change.name()::equals).isPresent() && now.isPresent();
            if (!isAnybodys && !change.isSet(now) && !now.equals(change.previous())) {
                return Optional.of("Somebody else set " + change.name() + " to "
                        + now.map(Digest::toString).orElse("nothing") + " meanwhile.");
            }
            if (registry.head(change.name().repository(), change.digest()).isEmpty()) {
                return Optional.of(change.image() + " is not there any more.");
            }
        }
        return Optional.empty();
    }

    /** Nothing is asked for any more where all is done, so that nothing can fail. */
    private static PromotedTags moved(List<TagChange> changes) {
        return new PromotedTags(changes.stream().map(MovedTag::of).toList(), "", List.of());
    }

    private PromotedTags standing(List<TagChange> changes, String supersededBy) throws InterruptedException {
        List<MovedTag> tags = new ArrayList<>();
        for (TagChange change : changes) {
            TagName name = change.name();
            name.leadsTo(registry)
                    .ifPresent(now -> tags.add(new MovedTag(
                            name.repository(), name.tag(), change.previous(), now, change.isSet(Optional.of(now)))));
        }
        return new PromotedTags(tags, supersededBy, List.of());
    }
}
