package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Tag;
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

    /** As a step of a Pipeline, which goes on with the same request when Jenkins is back. */
    @Test
    void isNotDoneTwiceByTheStepThatGoesOn() throws IOException, InterruptedException {
        ReleaseHistory history = new ReleaseHistory();
        for (String version : new String[] {"1.0.0", "1.1.0", "1.2.0"}) {
            history.promote(version, NAMES);
        }
        RollbackRequest request =
                ReleaseHistory.back("previous", NAMES).noted(new ReleaseNote("", "57", "").step("12@1763757600000"));
        PromotionPlan plan = history.rollback().plan(request);
        history.rollback().rollBack(request);

        PromotedTags again = history.rollback().rollBack(request);
        history.rollback().apply(request, plan.hash(), Optional.of(plan));

        assertStandsAt(history, "1.1.0", 0);
        assertThat(again.isChanged()).isFalse();
        assertThat(history.log).contains("This was rolled back before Jenkins restarted.");
        history.rollback().rollBack(request.noted(new ReleaseNote("", "57", "").step("13@1763757600000")));
        assertStandsAt(history, "1.0.0", 0);
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
