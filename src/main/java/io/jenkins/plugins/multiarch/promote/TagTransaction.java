package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Moves tags all together, or puts all of them back. What is to happen is in the journal before the first tag moves; each
 * tag is looked at right before it moves, and read back. Their content is there, and the caller holds their locks.
 */
final class TagTransaction {
    private final Registry registry;
    private final KnownManifests manifests;
    private final Notes notes;
    private final TagMover mover;
    private final Leaving leaving;
    private final Consumer<String> log;

    TagTransaction(
            Registry registry,
            KnownManifests manifests,
            Journal journal,
            Precedence precedence,
            Leaving leaving,
            Consumer<String> log) {
        this.registry = registry;
        this.manifests = manifests;
        this.notes = new Notes(journal, log);
        this.mover = new TagMover(registry, manifests, notes, precedence);
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
        notes.refuseWhereOneIsOpen();
        notes.write(new JournalEntry.Planned(changes, receipt));
        return finish(changes, receipt);
    }

    /** As {@link #run}, of what is in the journal already. Once every tag was read back nothing is taken back any more. */
    Optional<LostRace> finish(List<TagChange> changes, Optional<Receipt> receipt)
            throws IOException, InterruptedException {
        Optional<LostRace> lost = allOrNone(changes);
        if (lost.isEmpty()) {
            if (receipt.isPresent()) {
                notes.writeIfPossible(new JournalEntry.AllMoved());
            }
            leave(receipt);
        }
        return lost;
    }

    /**
     * Leaves the receipt of what has moved.
     *
     * @throws InterruptedException when that was stopped, so that the journal stays open until somebody else leaves it
     */
    void leave(Optional<Receipt> receipt) throws InterruptedException {
        leaving.leave(receipt);
        leaving.stopIfInterrupted();
        notes.writeIfPossible(new JournalEntry.Ended(JournalEntry.Outcome.DONE));
    }

    private Optional<LostRace> allOrNone(List<TagChange> changes) throws IOException, InterruptedException {
        try {
            for (List<TagChange> wave : MoveOrder.waves(changes)) {
                move(wave);
            }
            return Optional.empty();
        } catch (LostRace e) {
            takeBack(changes, e.getMessage() + ".", e);
            return Optional.of(e);
        } catch (ReleaseException e) {
            throw takeBack(changes, e.fact(), e).explained(e);
        } catch (InterruptedException e) {
            takeBack(changes, "The promotion was stopped.", e);
            throw e;
        } catch (IOException e) {
            takeBack(changes, "The journal could not be written.", e);
            throw e;
        } catch (RuntimeException e) {
            takeBack(changes, "This is a fault of ours.", e);
            throw e;
        } catch (Error e) {
            takeBack(changes, "This process has failed (" + e + ").", e);
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("no call throws anything else", e);
        }
    }

    private void move(List<TagChange> wave) throws Exception {
        try {
            CarefulCalls.each(wave, mover::set);
        } finally {
            mover.moved(wave).forEach(change -> log.accept(MovedTag.of(change).happened()));
        }
        CarefulCalls.each(wave, mover::readBack);
    }

    private TakenBack takeBack(List<TagChange> changes, String reason, Throwable cause) throws InterruptedException {
        // Whoever stops it now wants what is done here anyway.
        boolean stopped = Thread.interrupted();
        try {
            return restore(mover.begun(changes), mover.unanswered(), reason, cause);
        } finally {
            if (stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * What was done to take back.
     *
     * @param found how many tags did not lead any more where they had led
     * @param unsettled tags that may appear later all the same, each as a sentence
     */
    record TakenBack(int found, List<String> unsettled) {

        /** The same refusal, which says what was done. */
        ReleaseException explained(ReleaseException cause) {
            if (found == 0 && unsettled.isEmpty()) {
                return cause;
            }
            String more = unsettled.isEmpty() ? "" : "\n- " + String.join("\n- ", unsettled);
            return new ReleaseException(
                    "Nothing was promoted, and every tag that had moved is back where it was: " + cause.fact() + more,
                    cause.cure(),
                    cause);
        }
    }

    /**
     * Puts tags back where they led, as the journal then says.
     *
     * @param unanswered those with a request of which nobody knows what became
     * @param reason a sentence for the journal and for who reads what could not be put back
     * @throws ReleaseException naming each tag that could not be put back; the journal then stays open, except where all of
     *     them are new ones that the registry never removes
     */
    TakenBack restore(List<TagChange> changes, Set<TagName> unanswered, String reason, Throwable cause)
            throws InterruptedException {
        notes.writeIfPossible(
                new JournalEntry.Restoring(reason, unanswered.stream().sorted().toList()));
        Restoration restoration = new Restoration(registry, manifests, log);
        Restoration.Left left = restoration.restore(changes, unanswered);
        if (left.forGood()) {
            notes.writeIfPossible(new JournalEntry.Ended(JournalEntry.Outcome.RESTORED));
        }
        if (!left.lines().isEmpty()) {
            List<String> lines = new ArrayList<>(left.lines());
            lines.addAll(restoration.unsettled());
            throw new ReleaseException(
                    "Not every tag could be put back after this: " + reason + "\n- " + String.join("\n- ", lines),
                    left.forGood()
                            ? "The registry removes no tags by its API: remove these in its own way, or promote again."
                            : "Promote again when the registry answers: that puts back, or finishes, what is in the"
                                    + " journal.",
                    cause);
        }
        return new TakenBack(restoration.found(), restoration.unsettled());
    }
}
