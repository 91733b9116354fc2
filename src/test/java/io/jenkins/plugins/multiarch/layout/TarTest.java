package io.jenkins.plugins.multiarch.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarTest {
    private static final String DEEP = "deep/".repeat(60) + "file";
    private static final String LONG = "n".repeat(180);

    private static byte[] written(TarEntry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes)) {
            for (TarEntry entry : entries) {
                tar.put(entry, new ByteArrayInputStream(new byte[(int) entry.size()]));
            }
        }
        return bytes.toByteArray();
    }

    private static List<TarEntry> read(byte[] archive) throws IOException {
        List<TarEntry> entries = new ArrayList<>();
        try (TarReader tar = new TarReader(new ByteArrayInputStream(archive), "The archive")) {
            Optional<TarEntry> next = tar.next();
            while (next.isPresent()) {
                entries.add(next.get());
                next = tar.next();
            }
        }
        return entries;
    }

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

    @ParameterizedTest
    @ValueSource(strings = {"../etc/passwd", "a/../../b", ".."})
    void refusesNamesThatLeadOut(String name) throws IOException {
        byte[] archive = written(TarEntry.file(name, 0644, 0));

        assertThatThrownBy(() -> read(archive))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The archive is not a tar archive we can read: the name '" + name
                        + "' leads out of the archive. Make it again with the tool that wrote it.");
    }

    @Test
    void refusesAnEntryThatIsCutShort() throws IOException {
        byte[] archive = written(TarEntry.file("file", 0644, 2000));

        assertThatThrownBy(() -> read(Arrays.copyOf(archive, 1024)))
                .hasMessage("The archive is not a tar archive we can read: it ends in the middle of an entry."
                        + " Make it again with the tool that wrote it.");
    }

    @Test
    void refusesAWrongChecksum() throws IOException {
        byte[] archive = written(TarEntry.file("file", 0644, 0));
        archive[0]++;

        assertThatThrownBy(() -> read(archive))
                .hasMessage("The archive is not a tar archive we can read: the checksum of a header is wrong."
                        + " Make it again with the tool that wrote it.");
    }

    @Test
    void refusesWhatIsNoTar() {
        byte[] text = "hello world ".repeat(100).getBytes(UTF_8);

        assertThatThrownBy(() -> read(text))
                .hasMessage("The archive is not a tar archive we can read: the checksum of a header is not a number."
                        + " Make it again with the tool that wrote it.");
    }

    @Test
    void refusesSparseFiles() throws IOException {
        byte[] archive = withFlag(written(TarEntry.file("file", 0644, 0)), 'S');

        assertThatThrownBy(() -> read(archive))
                .hasMessage("The archive is not a tar archive we can read: 'file' is stored as a sparse file."
                        + " Make it again with the tool that wrote it.");
    }

    @Test
    void refusesUnknownTypes() throws IOException {
        byte[] archive = withFlag(written(TarEntry.file("file", 0644, 0)), 'Z');

        assertThatThrownBy(() -> read(archive))
                .hasMessage("The archive is not a tar archive we can read: 'file' is of the unknown type 'Z'."
                        + " Make it again with the tool that wrote it.");
    }

    @Test
    void refusesAnEndlessExtendedHeader() throws IOException {
        byte[] archive = withFlag(written(TarEntry.file("PaxHeader", 0644, 2 << 20)), 'x');

        assertThatThrownBy(() -> read(archive))
                .hasMessage("The archive is not a tar archive we can read: a header of 2097152 bytes is longer than"
                        + " 1048576. Make it again with the tool that wrote it.");
    }

    @Test
    void refusesGlobalHeadersThatAddUp() throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        for (String key : List.of("a", "b")) {
            byte[] record = ("600011 " + key + "=" + "x".repeat(600_001) + "\n").getBytes(UTF_8);
            archive.write(withFlag(written(TarEntry.file("Global", 0644, record.length)), 'g'), 0, 512);
            archive.write(Arrays.copyOf(record, record.length + TarFormat.padding(record.length)));
        }

        assertThatThrownBy(() -> read(archive.toByteArray()))
                .hasMessage("The archive is not a tar archive we can read: its global headers are together longer than"
                        + " 1048576. Make it again with the tool that wrote it.");
    }

    @Test
    void refusesASizeBeyondCounting() throws IOException {
        byte[] record = "28 size=9223372036854775000\n".getBytes(UTF_8);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.write(withFlag(written(TarEntry.file("PaxHeader", 0644, record.length)), 'x'), 0, 512);
        archive.write(Arrays.copyOf(record, 512));
        archive.write(written(TarEntry.file("file", 0644, 0)));

        assertThatThrownBy(() -> read(archive.toByteArray()))
                .hasMessage("The archive is not a tar archive we can read: the size of 'file' is too large."
                        + " Make it again with the tool that wrote it.");
    }

    @Test
    void refusesADeviceWithANegativeNumber() throws IOException {
        byte[] archive = withFlag(written(TarEntry.file("null", 0644, 0)), '3');
        Arrays.fill(archive, TarFormat.MAJOR, TarFormat.MAJOR + 8, (byte) 0xFF);

        assertThatThrownBy(() -> read(withFlag(archive, '3')))
                .hasMessage("The archive is not a tar archive we can read: the device number of 'null' is negative."
                        + " Make it again with the tool that wrote it.");
    }

    @Test
    void refusesToWriteAFileThatShrank() {
        InputStream shorter = new ByteArrayInputStream(new byte[3]);

        assertThatThrownBy(() -> new TarWriter(new ByteArrayOutputStream()).put(TarEntry.file("log", 0644, 4), shorter))
                .isInstanceOf(IOException.class)
                .hasMessage("'log' changed its size while it was read");
    }

    private static byte[] withFlag(byte[] archive, char flag) {
        archive[TarFormat.TYPE] = (byte) flag;
        byte[] header = Arrays.copyOf(archive, 512);
        byte[] sum = String.format("%06o\0 ", TarFormat.checksum(header)).getBytes(UTF_8);
        System.arraycopy(sum, 0, archive, TarFormat.CHECKSUM, 8);
        return archive;
    }

    @Test
    void refusesANameWithANul() throws IOException {
        byte[] archive = written(TarEntry.file("a\0b", 0644, 0));

        assertThatThrownBy(() -> read(archive))
                .hasMessage("The archive is not a tar archive we can read: the name 'a b' holds a NUL."
                        + " Make it again with the tool that wrote it.");
    }
}
