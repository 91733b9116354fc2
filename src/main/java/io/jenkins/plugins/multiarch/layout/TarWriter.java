package io.jenkins.plugins.multiarch.layout;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a tar archive as a stream: ustar, with a PAX header only before what ustar cannot say. The same entries in the
 * same order give the same bytes on every machine.
 *
 * <p>Directories end in {@code /}; the archive ends with two blocks of zeros and no more.
 */
public final class TarWriter implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final long MAX_ID = 07777777;
    private static final long MAX_LONG = 077777777777L;

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];

    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes an entry without content: anything but a file, or an empty one. */
    public void put(TarEntry entry) throws IOException {
        put(entry, InputStream.nullInputStream());
    }

    /**
     * Writes an entry and its content.
     *
     * @throws IOException also if there is less or more content than the entry says
     */
    public void put(TarEntry entry, InputStream content) throws IOException {
        Map<String, String> extended = new TreeMap<>();
        byte[] header = header(entry, extended);
        if (!extended.isEmpty()) {
            writePax(extended);
        }
        out.write(header);
        copy(entry, content);
        out.write(new byte[TarFormat.padding(entry.size())]);
    }

    private void copy(TarEntry entry, InputStream content) throws IOException {
        long left = entry.size();
        while (left > 0) {
            int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw changed(entry);
            }
            out.write(buffer, 0, read);
            left -= read;
        }
        if (content.read() >= 0) {
            throw changed(entry);
        }
    }

    private static IOException changed(TarEntry entry) {
        return new IOException("'" + entry.name() + "' changed its size while it was read");
    }

    private static byte[] header(TarEntry entry, Map<String, String> extended) {
        byte[] header = new byte[TarFormat.BLOCK];
        putName(header, entry.isDirectory() ? entry.name() + "/" : entry.name(), extended);
        putText(header, TarFormat.LINK, TarFormat.NAME_LENGTH, entry.target(), "linkpath", extended);
        putNumber(header, TarFormat.MODE, TarFormat.ID_LENGTH, entry.mode());
        putId(header, TarFormat.UID, entry.uid(), "uid", extended);
        putId(header, TarFormat.GID, entry.gid(), "gid", extended);
        putSize(header, entry.size(), extended);
        putTime(header, entry.modified(), extended);
        header[TarFormat.TYPE] = (byte) entry.type().flag();
        putBytes(header, TarFormat.MAGIC, "ustar\00000".getBytes(US_ASCII));
        putText(header, TarFormat.USER, TarFormat.OWNER_LENGTH, entry.user(), "uname", extended);
        putText(header, TarFormat.GROUP, TarFormat.OWNER_LENGTH, entry.group(), "gname", extended);
        putNumber(header, TarFormat.MAJOR, TarFormat.ID_LENGTH, entry.deviceMajor());
        putNumber(header, TarFormat.MINOR, TarFormat.ID_LENGTH, entry.deviceMinor());
        entry.attributes().forEach((key, value) -> extended.put(TarFormat.XATTR + key, value));
        return checked(header);
    }

    private static byte[] checked(byte[] header) {
        putBytes(
                header,
                TarFormat.CHECKSUM,
                String.format("%06o\0 ", TarFormat.checksum(header)).getBytes(US_ASCII));
        return header;
    }

    /** A name of up to 100 bytes, or up to 255 parted at a slash (ustar); else in a PAX header. */
    private static void putName(byte[] header, String name, Map<String, String> extended) {
        byte[] bytes = TarText.encode(name);
        if (isPlain(bytes) && bytes.length <= TarFormat.NAME_LENGTH) {
            putBytes(header, TarFormat.NAME, bytes);
            return;
        }
        int slash = isPlain(bytes) ? splitAt(bytes) : -1;
        if (slash > 0) {
            System.arraycopy(bytes, 0, header, TarFormat.PREFIX, slash);
            System.arraycopy(bytes, slash + 1, header, TarFormat.NAME, bytes.length - slash - 1);
            return;
        }
        extended.put("path", name);
        System.arraycopy(bytes, 0, header, TarFormat.NAME, Math.min(bytes.length, TarFormat.NAME_LENGTH));
    }

    private static int splitAt(byte[] name) {
        for (int i = Math.min(name.length - 2, TarFormat.PREFIX_LENGTH); i > 0; i--) {
            if (name[i] == '/') {
                return name.length - i - 1 <= TarFormat.NAME_LENGTH ? i : -1;
            }
        }
        return -1;
    }

    private static boolean isPlain(byte[] text) {
        for (byte b : text) {
            if (b <= 0) {
                return false;
            }
        }
        return true;
    }

    private static void putText(
            byte[] header, int at, int length, String text, String key, Map<String, String> extended) {
        byte[] bytes = TarText.encode(text);
        if (bytes.length > length || !isPlain(bytes)) {
            extended.put(key, text);
        }
        System.arraycopy(bytes, 0, header, at, Math.min(bytes.length, length));
    }

    private static void putId(byte[] header, int at, long id, String key, Map<String, String> extended) {
        if (id > MAX_ID) {
            extended.put(key, Long.toString(id));
        }
        putNumber(header, at, TarFormat.ID_LENGTH, id > MAX_ID ? 0 : id);
    }

    private static void putSize(byte[] header, long size, Map<String, String> extended) {
        if (size > MAX_LONG) {
            extended.put("size", Long.toString(size));
        }
        putNumber(header, TarFormat.SIZE, TarFormat.LONG_LENGTH, size > MAX_LONG ? 0 : size);
    }

    private static void putTime(byte[] header, Instant time, Map<String, String> extended) {
        long seconds = time.getEpochSecond();
        boolean plain = time.getNano() == 0 && seconds >= 0 && seconds <= MAX_LONG;
        if (!plain) {
            extended.put(
                    "mtime",
                    java.math.BigDecimal.valueOf(seconds)
                            .add(java.math.BigDecimal.valueOf(time.getNano(), 9))
                            .stripTrailingZeros()
                            .toPlainString());
        }
        putNumber(header, TarFormat.MTIME, TarFormat.LONG_LENGTH, Math.max(0, Math.min(seconds, MAX_LONG)));
    }

    private static void putNumber(byte[] header, int at, int length, long number) {
        String digits = Long.toOctalString(number);
        putBytes(header, at, ("0".repeat(length - 1 - digits.length()) + digits).getBytes(US_ASCII));
    }

    private static void putBytes(byte[] header, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private void writePax(Map<String, String> extended) throws IOException {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        extended.forEach((key, value) -> records.writeBytes(record(TarText.encode(key), TarText.encode(value))));
        byte[] header = new byte[TarFormat.BLOCK];
        putBytes(header, TarFormat.NAME, "PaxHeader".getBytes(US_ASCII));
        putNumber(header, TarFormat.MODE, TarFormat.ID_LENGTH, 0644);
        putNumber(header, TarFormat.UID, TarFormat.ID_LENGTH, 0);
        putNumber(header, TarFormat.GID, TarFormat.ID_LENGTH, 0);
        putNumber(header, TarFormat.SIZE, TarFormat.LONG_LENGTH, records.size());
        putNumber(header, TarFormat.MTIME, TarFormat.LONG_LENGTH, 0);
        header[TarFormat.TYPE] = 'x';
        putBytes(header, TarFormat.MAGIC, "ustar\00000".getBytes(US_ASCII));
        out.write(checked(header));
        records.writeTo(out);
        out.write(new byte[TarFormat.padding(records.size())]);
    }

    /** {@code "length key=value\n"}, where the length counts its own digits. */
    private static byte[] record(byte[] key, byte[] value) {
        int rest = key.length + value.length + 3;
        int length = rest + Integer.toString(rest).length();
        length = rest + Integer.toString(length).length();
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes((length + " ").getBytes(US_ASCII));
        record.writeBytes(key);
        record.write('=');
        record.writeBytes(value);
        record.write('\n');
        return record.toByteArray();
    }

    /** Ends the archive and closes what it is written to. */
    @Override
    public void close() throws IOException {
        finish();
        out.close();
    }

    /** Ends the archive. */
    public void finish() throws IOException {
        out.write(new byte[2 * TarFormat.BLOCK]);
        out.flush();
    }
}
