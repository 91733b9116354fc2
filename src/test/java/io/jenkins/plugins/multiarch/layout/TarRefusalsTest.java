package io.jenkins.plugins.multiarch.layout;

import static io.jenkins.plugins.multiarch.layout.SampleTar.read;
import static io.jenkins.plugins.multiarch.layout.SampleTar.written;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that no honest program writes, and names that lead elsewhere. */
class TarRefusalsTest {

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
