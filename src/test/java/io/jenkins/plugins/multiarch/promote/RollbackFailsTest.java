package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.LoggedRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A rollback of five images and three tags, and a fault at each of its requests. */
class RollbackFailsTest {
    /** Every so many times it is run again. */
    private static final int RERUN = 5;

    private static final Registry CLIENT =
            HttpRegistry.builder().backoff(new Backoff(1, Duration.ofMillis(1))).build();

    @Test
    void leavesEveryTagWhereItWasOrMovesEveryTagBack() throws IOException, InterruptedException {
        int failed = 0;
        for (RequestFault.At fault : RequestFault.at(requests())) {
            try (FakeRegistry registry = FakeRegistry.start()) {
                PromotedSet release = new PromotedSet(registry);
                fault.strike(registry);

                String ended = rollBack(release);

                assertThat(release.state())
                        .as("after %s, having said: %s", fault, ended)
                        .isEqualTo(ended.isEmpty() ? "old" : "new");
                registry.heal();
                if (!ended.isEmpty() && ++failed % RERUN == 0) {
                    assertThat(rollBack(release)).as("run again").isEmpty();
                    assertThat(release.state()).as("run again").isEqualTo("old");
                }
            }
        }
    }

    private static List<LoggedRequest> requests() throws IOException, InterruptedException {
        try (FakeRegistry registry = FakeRegistry.start()) {
            rollBack(new PromotedSet(registry));
            return registry.requests();
        }
    }

    /** Why nothing moved, or empty. */
    private static String rollBack(PromotedSet release) throws IOException, InterruptedException {
        Receipts receipts = new Receipts(CLIENT, Optional.empty(), Optional.empty());
        try {
            return new Rollback(CLIENT, line -> {}, new MemoryJournal(), new TagLocks(), receipts)
                    .rollBack(release.rollback())
                    .supersededBy();
        } catch (ReleaseException e) {
            return e.getMessage();
        }
    }
}
