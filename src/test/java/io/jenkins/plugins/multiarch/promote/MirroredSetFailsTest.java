package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.promote.PromotionRequest.MirrorLag;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A release with a mirror, receipts and a channel, and a fault at each of its requests to either registry. */
class MirroredSetFailsTest {
    /** Every so many times it is run again. */
    private static final int RERUN = 3;

    private static final Registry CLIENT =
            HttpRegistry.builder().backoff(new Backoff(1, Duration.ofMillis(1))).build();

    /** What is asked of a set whose promotion met a fault. */
    @FunctionalInterface
    private interface Expectation {
        void of(MirroredSet set, String ended) throws InterruptedException;
    }

    @Test
    void leavesEveryTagOldOrNewWhereTheReleaseIsHit() throws IOException, InterruptedException {
        failsAtEach(MirrorLag.FAILS, set -> set.registry, MirroredSetFailsTest::assertAllOrNone);
    }

    @Test
    void leavesEveryTagOldOrNewWhereTheMirrorIsHit() throws IOException, InterruptedException {
        failsAtEach(MirrorLag.FAILS, set -> set.mirror, MirroredSetFailsTest::assertAllOrNone);
    }

    private static void assertAllOrNone(MirroredSet set, String ended) throws InterruptedException {
        String expected = ended.isEmpty() ? "new" : "old";
        assertThat(set.state()).isEqualTo(expected);
        assertThat(set.mirrored()).as("mirror").isEqualTo(expected);
    }

    @Test
    void goesOnWithoutAMirrorThatMayLag() throws IOException, InterruptedException {
        failsAtEach(MirrorLag.REPORTED, set -> set.mirror, (set, ended) -> {
            assertThat(ended).isEmpty();
            assertThat(set.state()).isEqualTo("new");
            assertThat(set.mirrored()).isIn("old", "new");
        });
    }

    private static void failsAtEach(MirrorLag lag, Function<MirroredSet, FakeRegistry> hit, Expectation expected)
            throws IOException, InterruptedException {
        int runs = 0;
        for (RequestFault.At fault : faults(lag, hit)) {
            try (MirroredSet set = new MirroredSet(CLIENT, lag)) {
                fault.strike(hit.apply(set));

                String ended = set.promote(CLIENT);

                hit.apply(set).heal();
                try {
                    expected.of(set, ended);
                } catch (AssertionError e) {
                    throw new AssertionError("after " + fault + ", having said: " + ended, e);
                }
                if (++runs % RERUN == 0) {
                    assertThat(set.promote(CLIENT))
                            .as("run again after %s", fault)
                            .isEmpty();
                    assertThat(set.state()).as("run again after %s", fault).isEqualTo("new");
                    assertThat(set.mirrored()).as("run again after %s", fault).isEqualTo("new");
                }
            }
        }
    }

    private static List<RequestFault.At> faults(MirrorLag lag, Function<MirroredSet, FakeRegistry> hit)
            throws IOException, InterruptedException {
        try (MirroredSet set = new MirroredSet(CLIENT, lag)) {
            assertThat(set.promote(CLIENT)).isEmpty();
            return RequestFault.at(hit.apply(set).requests());
        }
    }
}
