package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.KeySigner;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A process that dies behind each entry of the journal of a rollback, and another one that finds the journal. */
class RollbackCrashTest {
    private static final String[] NAMES = {"api", "web", "worker", "proxy", "base"};

    /** The end of a process: nothing catches it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void isFinishedWithItsReceiptByTheNextProcess() throws IOException, InterruptedException {
        int entries = 1 + NAMES.length * ReleaseHistory.TAGS.size() + 1;
        for (int number = 1; number <= entries; number++) {
            ReleaseHistory history = new ReleaseHistory();
            for (String version : new String[] {"1.0.0", "1.1.0", "1.2.0"}) {
                history.promote(version, NAMES);
            }

            rollBackAndDieBehind(history, number);
            history.promotion().recover();

            assertStandsAt(history, "1.1.0", number);
            assertThat(history.journal.unfinished()).isEmpty();
            history.rollBack("previous", NAMES);
            assertStandsAt(history, "1.0.0", number);
        }
    }

    /** What a step of a Pipeline has that goes on with the same request when Jenkins is back. */
    private static final class Memory implements RollbackMemory {
        private Optional<String> kept = Optional.empty();

        @Override
        public Optional<String> recall() {
            return kept;
        }

        @Override
        public void keep(String release) {
            kept = Optional.of(release);
        }
    }

    private static Rollback rollback(ReleaseHistory history, RollbackMemory memory, Receipts receipts) {
        return new Rollback(history.registry, history.log::add, history.journal, new TagLocks(), receipts, memory);
    }

    private static ReleaseHistory threeReleases(ReleaseHistory history) throws IOException, InterruptedException {
        for (String version : new String[] {"1.0.0", "1.1.0", "1.2.0"}) {
            history.promote(version, NAMES);
        }
        return history;
    }

    @Test
    void isNotDoneTwiceByTheStepThatGoesOn() throws IOException, InterruptedException {
        ReleaseHistory history = threeReleases(new ReleaseHistory());
        Memory memory = new Memory();
        RollbackRequest request = ReleaseHistory.back("previous", NAMES);
        PromotionPlan plan = history.rollback().plan(request);
        rollback(history, memory, history.receipts()).rollBack(request);

        PromotedTags again = rollback(history, memory, history.receipts()).rollBack(request);
        rollback(history, memory, history.receipts()).apply(request, plan.hash(), Optional.of(plan));

        assertStandsAt(history, "1.1.0", 0);
        assertThat(again.isChanged()).isFalse();
        assertThat(history.log)
                .contains("This rollback had begun before Jenkins restarted, and goes back to the same images.");
        rollback(history, new Memory(), history.receipts()).rollBack(request);
        assertStandsAt(history, "1.0.0", 0);
    }

    @Test
    void isNotDoneTwiceWhereItsOwnReceiptDoesNotCount() throws IOException, InterruptedException {
        Signer signer = new KeySigner(SampleKeys.p256());
        ReleaseHistory history = threeReleases(
                new ReleaseHistory().signedBy(signer).trusting(signer.verifier().orElseThrow()));
        Receipts unsigned = new Receipts(history.registry, Optional.empty(), signer.verifier());
        Memory memory = new Memory();

        for (int i = 0; i < 2; i++) {
            rollback(history, memory, unsigned).rollBack(ReleaseHistory.back("previous", NAMES));
        }

        assertStandsAt(history, "1.1.0", 0);
    }

    @Test
    void isNotDoneTwiceWhereNoReceiptCouldBeLeft() throws IOException, InterruptedException {
        ReleaseHistory history = threeReleases(new ReleaseHistory());
        history.registry.before(request -> {
            if (request.startsWith("PUT-BLOB")) {
                throw new RegistryException("You may not push.", "Ask for the right.", 403, "DENIED", false, null);
            }
        });
        Memory memory = new Memory();

        for (int i = 0; i < 2; i++) {
            rollback(history, memory, history.receipts()).rollBack(ReleaseHistory.back("previous", NAMES));
        }

        assertStandsAt(history, "1.1.0", 0);
    }

    @Test
    void isRefusedToTheStepThatGoesOnWhereSomebodyMovedATagMeanwhile() throws IOException, InterruptedException {
        ReleaseHistory history = threeReleases(new ReleaseHistory());
        Memory memory = new Memory();
        rollback(history, memory, history.receipts()).rollBack(ReleaseHistory.back("previous", NAMES));
        history.promote("1.3.0", NAMES);

        assertThatThrownBy(() ->
                        rollback(history, memory, history.receipts()).rollBack(ReleaseHistory.back("previous", NAMES)))
                .hasMessageContaining(" was not rolled back: it was moved from " + history.digest("api", "1.2.0")
                        + " to " + history.digest("api", "1.3.0") + " just now.");

        assertStandsAt(history, "1.3.0", 0);
    }

    private static void rollBackAndDieBehind(ReleaseHistory history, int number)
            throws IOException, InterruptedException {
        int before = history.journal.size();
        AtomicBoolean dead = new AtomicBoolean();
        Runnable end = () -> {
            if (dead.get()) {
                throw new Killed();
            }
        };
        history.journal.beforeEachEntry(end);
        history.registry.before(request -> end.run());
        history.journal.behindEachEntry(() -> {
            dead.set(dead.get() || history.journal.size() == before + number);
            end.run();
        });
        try {
            history.rollBack("previous", NAMES);
        } catch (Killed e) {
            assertThat(dead).isTrue();
        }
        history.journal.beforeEachEntry(() -> {});
        history.journal.behindEachEntry(() -> {});
        history.registry.before(request -> {});
    }

    private static void assertStandsAt(ReleaseHistory history, String version, int number) throws InterruptedException {
        for (String name : NAMES) {
            for (Tag tag : ReleaseHistory.TAGS) {
                assertThat(history.tagged(name, tag.name()))
                        .as("%s:%s behind entry %d", name, tag, number)
                        .contains(history.digest(name, version));
            }
        }
    }
}
