package io.jenkins.plugins.multiarch.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GzipOutputTest {

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GzipOutput gzip = new GzipOutput(bytes::writeBytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] text(long seed, int length, int alphabet) {
        Random random = new Random(seed);
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            boolean repeats = i > 300 && random.nextInt(4) > 0;
            int back = 1 + random.nextInt(300);
            int run = repeats ? Math.min(length - i, 1 + random.nextInt(400)) : 1;
            for (int end = i + run; i < end; i++) {
                text[i] = repeats ? text[i - back] : (byte) random.nextInt(alphabet);
            }
            i--;
        }
        return text;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    static Stream<byte[]> contents() {
        return Stream.of(
                new byte[0],
                new byte[1],
                new byte[] {1, 2, 3, 4, 5},
                new byte[3_000_000],
                random(70_000),
                random(2_500_000),
                text(1, 100_000, 256),
                text(2, 3_200_000, 256),
                text(3, 1 << 20, 4),
                text(4, (1 << 20) + 1, 40),
                text(5, 40_000, 2));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void isReadByTheJdk(byte[] content) throws IOException {
        byte[] back = new GZIPInputStream(new ByteArrayInputStream(gzip(content))).readAllBytes();

        assertThat(Digest.sha256(back)).isEqualTo(Digest.sha256(content));
    }

    @Test
    void writesTheSameBytesOnEveryMachine() throws IOException {
        assertThat(Digest.sha256(gzip(text(6, 2_500_000, 80))))
                .hasToString("sha256:2b68a238b2c6f31e79794b47e2264a58b149dc1b4725961aabe5b7f623d1ca77");
    }

    @Test
    void growsLittleWhereNothingCanBeCompressed() throws IOException {
        assertThat(gzip(random(2_500_000))).hasSizeLessThan(2_500_600);
    }

    private static void write(int megabytes, GzipOutput.Sink sink) throws IOException {
        try (GzipOutput gzip = new GzipOutput(sink)) {
            gzip.write(new byte[megabytes << 20]);
        }
    }

    @Test
    void failsAsItsSinkFails() {
        AtomicInteger pieces = new AtomicInteger();

        assertThatThrownBy(() -> write(40, piece -> {
                    if (pieces.incrementAndGet() > 2) {
                        throw new IOException("No space left on device");
                    }
                }))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("No space left on device");
    }

    @Test
    void hasLeftItsSinkAloneOnceItIsInterrupted() {
        Thread caller = Thread.currentThread();
        AtomicInteger inside = new AtomicInteger();
        GzipOutput.Sink endless = piece -> {
            if (Thread.currentThread() == caller) {
                return;
            }
            inside.incrementAndGet();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            } finally {
                inside.decrementAndGet();
            }
        };

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> write(40, endless)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(inside).hasValue(0);
    }
}
