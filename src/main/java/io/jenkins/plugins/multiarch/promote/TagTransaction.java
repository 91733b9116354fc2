package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Moves tags all together, or puts all of them back. What is to happen is in the journal before the first tag moves; each
 * tag is looked at right before it moves, and read back. Their content is there, and the caller holds their locks.
 */
final class TagTransaction {
    /** How often a tag is set where others move it to and fro. */
    private static final int ATTEMPTS = 4;
    /** From this status on nobody knows what a registry did. */
    private static final int SERVER_TROUBLE = 500;

    private final Registry registry;
    private final KnownManifests manifests;
    private final Journal journal;
    private final Precedence precedence;
    private final Leaving leaving;
    private final Consumer<String> log;
    private final Set<TagName> begun = ConcurrentHashMap.newKeySet();
    private final Set<TagName> moved = ConcurrentHashMap.newKeySet();
    private final Set<TagName> uncertain = ConcurrentHashMap.newKeySet();

    TagTransaction(
            Registry registry,
            KnownManifests manifests,
            Journal journal,
            Precedence precedence,
            Leaving leaving,
            Consumer<String> log) {
        this.registry = registry;
        this.manifests = manifests;
        this.journal = journal;
        this.precedence = precedence;
        this.leaving = leaving;
        this.log = log;
    }

    /**
     * Moves them, then leaves the receipt; a receipt that cannot be left holds up nothing.
     *
     * @return the race that was lost to somebody else, all tags being back where they were; nothing where they moved
     * @throws InterruptedException when it was stopped, all tags being back where they were, or all being moved where that
     *     came while the receipt was left
     */
    Optional<LostRace> run(List<TagChange> changes, Optional<Receipt> receipt)
            throws IOException, InterruptedException {
        journal.append(new JournalEntry.Planned(changes, receipt));
        return finish(changes, receipt);
    }

    /** As {@link #run}, of what is in the journal already. */
    Optional<LostRace> finish(List<TagChange> changes, Optional<Receipt> receipt)
            throws IOException, InterruptedException {
        Optional<LostRace> lost = allOrNone(changes, receipt);
        leaving.stopIfInterrupted();
        return lost;
    }

    private Optional<LostRace> allOrNone(List<TagChange> changes, Optional<Receipt> receipt)
            throws IOException, InterruptedException {
        try {
            for (List<TagChange> wave : MoveOrder.waves(changes)) {
                move(wave);
            }
            leaving.leave(receipt);
            note(new JournalEntry.Ended(JournalEntry.Outcome.DONE));
            return Optional.empty();
        } catch (LostRace e) {
            takeBack(changes, e.getMessage() + ".", e);
            return Optional.of(e);
        } catch (ReleaseException e) {
            boolean written = takeBack(changes, e.fact(), e);
            throw written ? takenBack(e) : e;
        } catch (InterruptedException e) {
            takeBack(changes, "The promotion was stopped.", e);
            throw e;
        } catch (IOException e) {
            takeBack(changes, "The journal could not be written.", e);
            throw e;
        } catch (RuntimeException e) {
            takeBack(changes, "This is a fault of ours.", e);
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("no call throws anything else", e);
        }
    }

    private void move(List<TagChange> wave) throws Exception {
        try {
            CarefulCalls.each(wave, this::set);
        } finally {
            wave.stream()
                    .filter(change -> moved.contains(change.name()))
                    .forEach(change -> log.accept(MovedTag.of(change).happened()));
        }
        CarefulCalls.each(wave, this::readBack);
    }

    private static ReleaseException takenBack(ReleaseException cause) {
        return new ReleaseException(
                "Nothing was promoted, and every tag that had moved is back where it was: " + cause.fact(),
                cause.cure(),
                cause);
    }

    private void set(TagChange change) throws IOException, InterruptedException, LostRace {
        TagName name = change.name();
        Manifest manifest = manifests.get(name.repository(), change.digest());
        begun.add(name);
        Optional<LostRace> lost = set(change, manifest);
        if (lost.isPresent()) {
            throw lost.get();
        }
        moved.add(name);
        note(new JournalEntry.Moved(change));
    }

    private Optional<LostRace> set(TagChange change, Manifest manifest) throws InterruptedException {
        TagName name = change.name();
        try {
            for (int attempt = 1; ; attempt++) {
                Registry.Swap swap = registry.swap(name.repository(), name.tag(), now -> isFree(change, now), manifest);
                if (swap.done()) {
                    return Optional.empty();
                }
                if (attempt == ATTEMPTS || !isFree(change, swap.found())) {
                    return Optional.of(new LostRace(name, swap.found()));
                }
            }
        } catch (RegistryException e) {
            if (e.status() == 0 || e.status() >= SERVER_TROUBLE) {
                // What was asked may have been done, or be done later, with the answer lost on its way.
                uncertain.add(name);
            }
            if (!change.isSet(head(name))) {
                throw e;
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            uncertain.add(name);
            throw e;
        }
    }

    /** Whether the tag is as it was found, or has been set by somebody whose release is older than this one. */
    private boolean isFree(TagChange change, Optional<Digest> now) throws InterruptedException {
        return now.equals(change.previous()) || (now.isPresent() && precedence.isOurs(change, now.get()));
    }

    /** Somebody who lost the race may have put back what stood there before both came. */
    private void readBack(TagChange change) throws IOException, InterruptedException, LostRace {
        for (int attempt = 1; ; attempt++) {
            Optional<Digest> now = head(change.name());
            if (change.isSet(now)) {
                return;
            }
            if (!isFree(change, now)) {
                throw new LostRace(change.name(), now);
            }
            if (attempt == ATTEMPTS) {
                throw new ReleaseException(
                        change.name() + " was set to " + change.digest() + " but leads to "
                                + now.map(Digest::toString).orElse("nothing") + " still.",
                        "The registry said that it had done it; ask whoever runs it, or what caches its answers.");
            }
            set(change);
        }
    }

    /** @return whether any tag had moved, or may have */
    private boolean takeBack(List<TagChange> changes, String reason, Exception cause) throws InterruptedException {
        List<TagChange> touched =
                changes.stream().filter(change -> begun.contains(change.name())).toList();
        return restore(touched, uncertain, reason, cause) > 0;
    }

    /**
     * Puts tags back where they led, as the journal then says.
     *
     * @param reason a sentence for the journal and for who reads what could not be put back
     * @return how many had to be written
     * @throws ReleaseException naming each tag that could not be put back; the journal then stays open, except where all of
     *     them are new ones that the registry never removes
     */
    int restore(List<TagChange> changes, Set<TagName> unknown, String reason, Exception cause)
            throws InterruptedException {
        noteIfPossible(new JournalEntry.Restoring(reason));
        int[] written = {0};
        Restoration.Left left = new Restoration(registry, manifests, line -> {
                    written[0]++;
                    log.accept(line);
                })
                .restore(changes, unknown);
        if (left.forGood()) {
            noteIfPossible(new JournalEntry.Ended(JournalEntry.Outcome.RESTORED));
        }
        if (!left.lines().isEmpty()) {
            throw new ReleaseException(
                    "Not every tag could be put back after this: " + reason + "\n- "
                            + String.join("\n- ", left.lines()),
                    left.forGood()
                            ? "The registry removes no tags by its API: remove these in its own way, or promote again."
                            : "Promote again when the registry answers: that puts back, or finishes, what is in the"
                                    + " journal.",
                    cause);
        }
        return written[0];
    }

    /** A full disk is no reason to leave tags where they do not belong. */
    private void noteIfPossible(JournalEntry entry) {
        try {
            note(entry);
        } catch (IOException e) {
            log.accept("The journal could not be written: " + Shown.of(String.valueOf(e.getMessage())) + ".");
        }
    }

    private Optional<Digest> head(TagName name) throws InterruptedException {
        return registry.head(name.repository(), name.tag()).map(Descriptor::digest);
    }

    private void note(JournalEntry entry) throws IOException {
        synchronized (journal) {
            journal.append(entry);
        }
    }
}
