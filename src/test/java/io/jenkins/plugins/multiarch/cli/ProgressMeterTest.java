package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
    private static final Descriptor ONE =
            Descriptor.of(MediaTypes.OCI_LAYER, Digest.sha256(new byte[] {1}), 100_000_000);
    private static final Descriptor TWO =
            Descriptor.of(MediaTypes.OCI_LAYER, Digest.sha256(new byte[] {2}), 50_000_000);

    private final AtomicLong now = new AtomicLong();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final ProgressMeter meter =
            new ProgressMeter(new PrintStream(shown, true, StandardCharsets.UTF_8), now::get);

    @Test
    void showsNothingInTheFirstSecond() {
        later(999);

        meter.moved(ONE, 10_000_000);

        assertThat(shown()).isEmpty();
    }

    @Test
    void showsAllBlobsUnderWayInOneLine() {
        meter.moved(ONE, 10_000_000);
        later(1000);

        meter.moved(TWO, 5_500_000);

        assertThat(shown()).isEqualTo("\r\u001b[K15.5 of 150.0 MB, 2 blobs on the way");
    }

    @Test
    void writesTheLineOverFiveTimesASecondAtMost() {
        later(1000);

        meter.moved(ONE, 10_000_000);
        later(199);
        meter.moved(ONE, 20_000_000);
        later(1);
        meter.moved(ONE, 30_000_000);

        assertThat(shown())
                .isEqualTo(
                        "\r\u001b[K10.0 of 100.0 MB, 1 blob on the way\r\u001b[K30.0 of 100.0 MB, 1 blob on the way");
    }

    @Test
    void erasesTheLineWhenAllIsThere() {
        later(1000);

        meter.moved(ONE, 10_000_000);
        meter.moved(ONE, 100_000_000);
        meter.moved(TWO, 50_000_000);

        assertThat(shown()).isEqualTo("\r\u001b[K10.0 of 100.0 MB, 1 blob on the way\r\u001b[K");
    }

    private void later(long millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
