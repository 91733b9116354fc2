package io.jenkins.plugins.multiarch.layout;

import static io.jenkins.plugins.multiarch.layout.SampleTar.read;
import static io.jenkins.plugins.multiarch.layout.SampleTar.written;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarTest {
    private static final String DEEP = "deep/".repeat(60) + "file";
    private static final String LONG = "n".repeat(180);

    private static TarArchiveEntry judged(byte[] archive) throws IOException {
        try (TarArchiveInputStream judge = new TarArchiveInputStream(new ByteArrayInputStream(archive), UTF_8.name())) {
            return judge.getNextEntry();
        }
    }

    private static TarEntry everything() {
        return new TarEntry(
                "bin/" + LONG,
                TarEntry.Type.FILE,
                06755,
                3_000_000_000L,
                1001,
                "rené",
                "staff",
                700,
                Instant.ofEpochSecond(-5, 250_000_000),
                "",
                0,
                0,
                Map.of("security.capability", "\u0001\u0000\u0000\u0002", "user.note", "ünï"));
    }

    @Test
    void writesTheSameBytesOnEveryMachine() throws IOException {
        byte[] archive = written(
                TarEntry.directory("etc", 0755),
                TarEntry.file("etc/motd", 0644, 3),
                TarEntry.symlink("bin", "usr/bin"),
                everything());

        assertThat(Digest.sha256(archive))
                .hasToString("sha256:aa81ba0014e7b72801e6cf9455c92e478e6edfbab3da3bd63786862bde8b3d9e");
    }

    @Test
    void readsBackAllThatItWrote() throws IOException {
        TarEntry device = new TarEntry(
                "dev/null",
                TarEntry.Type.CHARACTER_DEVICE,
                0666,
                0,
                0,
                "root",
                "root",
                0,
                Instant.EPOCH,
                "",
                1,
                3,
                Map.of());
        TarEntry[] entries = {
            TarEntry.directory("a", 01777),
            TarEntry.file("a/" + "d".repeat(101), 0600, 513),
            TarEntry.file(DEEP, 0600, 1),
            TarEntry.symlink("a/link", "../" + LONG),
            TarEntry.hardlink("a/hard", "a/" + LONG),
            device,
            everything(),
        };

        assertThat(read(written(entries))).containsExactly(entries);
    }

    @Test
    void isUnderstoodByCommonsCompress() throws IOException {
        TarArchiveEntry entry = judged(written(everything()));

        assertThat(entry.getName()).isEqualTo("bin/" + LONG);
        assertThat(entry.getMode() & 07777).isEqualTo(06755);
        assertThat(entry.getLongUserId()).isEqualTo(3_000_000_000L);
        assertThat(entry.getUserName()).isEqualTo("rené");
        assertThat(entry.getSize()).isEqualTo(700);
        assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo(Instant.ofEpochSecond(-5, 250_000_000));
        assertThat(entry.getExtraPaxHeader("SCHILY.xattr.user.note")).isEqualTo("ünï");
    }

    @Test
    void writesNoExtendedHeaderWhereUstarIsEnough() throws IOException {
        TarArchiveEntry entry = judged(written(TarEntry.file("x/".repeat(70) + "file", 0644, 0)));

        assertThat(entry.getName()).isEqualTo("x/".repeat(70) + "file");
        assertThat(entry.getExtraPaxHeaders()).isEmpty();
        assertThat(written(TarEntry.file("x/".repeat(70) + "file", 0644, 0))).hasSize(3 * 512);
    }

    @ParameterizedTest
    @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
    void readsLongNamesOfBothKinds(int kind) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, UTF_8.name())) {
            tar.setLongFileMode(kind);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            TarArchiveEntry link = new TarArchiveEntry(LONG + "-link", TarArchiveEntry.LF_SYMLINK);
            link.setLinkName(LONG + "-target");
            link.setUserId(4_000_000_000L);
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }

        TarEntry entry = read(bytes.toByteArray()).get(0);

        assertThat(entry.name()).isEqualTo(LONG + "-link");
        assertThat(entry.target()).isEqualTo(LONG + "-target");
        assertThat(entry.uid()).isEqualTo(4_000_000_000L);
    }

    @Test
    void keepsNamesThatAreNotUtf8() throws IOException {
        String name = TarText.decode(new byte[] {'a', (byte) 0xFF, (byte) 0xC3, (byte) 0xA9, (byte) 0xC3});

        TarEntry entry = read(written(TarEntry.file(name, 0644, 0))).get(0);

        assertThat(entry.name()).isEqualTo("a\uDCFFé\uDCC3");
        assertThat(TarText.encode(entry.name()))
                .containsExactly('a', (byte) 0xFF, (byte) 0xC3, (byte) 0xA9, (byte) 0xC3);
    }

    @Test
    void keepsCharactersBeyondTheBasicPlane() throws IOException {
        assertThat(read(written(TarEntry.file("😀", 0644, 0))).get(0).name()).isEqualTo("😀");
    }

    @Test
    void givesContentAndItsPlace() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes)) {
            tar.put(TarEntry.file("first", 0644, 600), new ByteArrayInputStream(new byte[600]));
            tar.put(TarEntry.file("second", 0644, 5), new ByteArrayInputStream("hello".getBytes(UTF_8)));
        }
        TarReader tar = new TarReader(new ByteArrayInputStream(bytes.toByteArray()), "The archive");

        tar.next();
        tar.next();
        long offset = tar.contentOffset();

        assertThat(offset).isEqualTo(512 + 1024 + 512);
        assertThat(tar.content()).hasContent("hello");
        assertThat(tar.next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"./a/b/", "/a/b", "a//./b"})
    void namesEntriesAlikeHoweverTheyAreWritten(String name) throws IOException {
        assertThat(read(written(TarEntry.directory(name, 0755))).get(0).name()).isEqualTo("a/b");
    }
}
