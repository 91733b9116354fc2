package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.keys.SampleKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search that finds nothing says something only if it would find it. */
class KeyTracesTest {
    private static final String KEY = new String(SampleKeys.file("p256.pem"), StandardCharsets.US_ASCII);

    private final KeyTraces traces = new KeyTraces(KEY);

    @TempDir
    private Path folder;

    private static byte[] around(byte[] trace, int before) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(new byte[before]);
        all.write(trace);
        all.write(new byte[100]);
        return all.toByteArray();
    }

    @Test
    void areFoundInEveryForm() throws Exception {
        assertThat(traces.all()).hasSize(3 * (3 + 2) + 2);
        for (byte[] trace : traces.all()) {
            assertThat(traces.in(around(trace, 7))).isTrue();
        }
        assertThat(traces.in(KEY.getBytes(StandardCharsets.UTF_16BE))).isTrue();
        assertThat(traces.in(SampleKeys.file("p256.pub"))).isFalse();
    }

    @Test
    void areFoundInFilesWhereverTheyStandThere() throws Exception {
        byte[] last = traces.all().get(traces.all().size() - 1);
        Path large = Files.write(folder.resolve("large"), around(last, (1 << 20) + 100));
        Path compressed = folder.resolve("compressed");
        try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            gzip.write(around(last, 1 << 21));
        }
        Files.write(folder.resolve("empty"), new byte[0]);
        Files.write(folder.resolve("other"), SampleKeys.file("p256.pub"));

        assertThat(traces.below(folder)).containsExactlyInAnyOrder(large, compressed);
    }
}
