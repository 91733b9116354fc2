package io.jenkins.plugins.multiarch.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CompressionTest {

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void readsAllMembersOfAGzipStreamThatComesInPieces() throws IOException {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int i = 0; i < 50; i++) {
            members.write(gzip("member " + i + "\n"));
        }
        InputStream pieces = new FilterInputStream(new ByteArrayInputStream(members.toByteArray())) {
            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                return super.read(buffer, from, Math.min(length, 13));
            }

            @Override
            public int available() {
                return 0;
            }
        };

        String text = new String(Compression.expand(pieces, "The layer").readAllBytes(), UTF_8);

        assertThat(text.lines()).hasSize(50).last().isEqualTo("member 49");
    }

    @Test
    void leavesWhatIsNotCompressed() throws IOException {
        InputStream plain = Compression.expand(new ByteArrayInputStream("tar".getBytes(UTF_8)), "The layer");

        assertThat(plain).hasContent("tar");
    }

    @Test
    void refusesZstd() {
        byte[] zstd = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, 0};

        assertThatThrownBy(() -> Compression.expand(new ByteArrayInputStream(zstd), "The layer sha256:12"))
                .hasMessage("The layer sha256:12 is compressed with zstd, which we cannot read."
                        + " Make it again with gzip, or without compression.");
    }
}
