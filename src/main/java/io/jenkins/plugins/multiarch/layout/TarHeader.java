package io.jenkins.plugins.multiarch.layout;

import io.jenkins.plugins.multiarch.image.Shown;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** One header block of a tar archive, and what extended headers say instead of it. */
final class TarHeader {
    private static final String OLD_GNU_SPARSE = "S";

    /** The largest content, in bytes; far beyond any disk, and far from what a long cannot count. */
    private static final long MAX_SIZE = 1L << 60;

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    private final byte[] block;
    private final String what;

    private TarHeader(byte[] block, String what) {
        this.block = block;
        this.what = what;
    }

    static TarHeader read(byte[] block, String what) {
        TarHeader header = new TarHeader(block, what);
        long said = header.number(TarFormat.CHECKSUM, 8, "checksum");
        if (said != TarFormat.checksum(block)) {
            throw TarFormat.refused(what, "the checksum of a header is wrong");
        }
        return header;
    }

    char flag() {
        return (char) (block[TarFormat.TYPE] & 0xFF);
    }

    long size() {
        return limited(number(TarFormat.SIZE, TarFormat.LONG_LENGTH, "size"), "size", MAX_SIZE);
    }

    /** The entry, with what extended headers said about it. */
    TarEntry entry(Map<String, String> extended) {
        refuseSparse(extended);
        String written = extended.getOrDefault("path", name());
        TarEntry.Type type = type(written.endsWith("/"));
        String target = extended.getOrDefault("linkpath", text(TarFormat.LINK, TarFormat.NAME_LENGTH));
        boolean device = type == TarEntry.Type.CHARACTER_DEVICE || type == TarEntry.Type.BLOCK_DEVICE;
        return new TarEntry(
                TarFormat.normalised(written, what),
                type,
                (int) number(TarFormat.MODE, TarFormat.ID_LENGTH, "mode") & 07777,
                id(extended, "uid", TarFormat.UID),
                id(extended, "gid", TarFormat.GID),
                extended.getOrDefault("uname", text(TarFormat.USER, TarFormat.OWNER_LENGTH)),
                extended.getOrDefault("gname", text(TarFormat.GROUP, TarFormat.OWNER_LENGTH)),
                type == TarEntry.Type.FILE ? contentSize(extended) : 0,
                modified(extended),
                target(type, target),
                device ? device(TarFormat.MAJOR) : 0,
                device ? device(TarFormat.MINOR) : 0,
                attributes(extended));
    }

    private String target(TarEntry.Type type, String target) {
        return switch (type) {
            case SYMLINK -> target;
            case HARDLINK -> TarFormat.normalised(target, what);
            default -> "";
        };
    }

    private TarEntry.Type type(boolean slashed) {
        char flag = flag();
        if (flag == 0 || flag == '0' || flag == '7') {
            return slashed ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
        }
        for (TarEntry.Type type : TarEntry.Type.values()) {
            if (type.flag() == flag) {
                return type;
            }
        }
        throw TarFormat.refused(
                what, "'" + Shown.of(name()) + "' is of the unknown type '" + Shown.of("" + flag) + "'");
    }

    private void refuseSparse(Map<String, String> extended) {
        boolean sparse = extended.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."));
        if (sparse || OLD_GNU_SPARSE.equals("" + flag())) {
            throw TarFormat.refused(what, "'" + Shown.of(name()) + "' is stored as a sparse file");
        }
    }

    private String name() {
        String name = text(TarFormat.NAME, TarFormat.NAME_LENGTH);
        boolean posix = new String(block, TarFormat.MAGIC, 6, StandardCharsets.ISO_8859_1).equals("ustar\0");
        String prefix = posix ? text(TarFormat.PREFIX, TarFormat.PREFIX_LENGTH) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private long id(Map<String, String> extended, String key, int at) {
        String said = extended.get(key);
        return positive(said == null ? number(at, TarFormat.ID_LENGTH, key) : decimal(said, key), key);
    }

    private int device(int at) {
        long number = number(at, TarFormat.ID_LENGTH, "device number");
        return (int) limited(number, "device number", Integer.MAX_VALUE);
    }

    private long contentSize(Map<String, String> extended) {
        String said = extended.get("size");
        return said == null ? size() : limited(decimal(said, "size"), "size", MAX_SIZE);
    }

    private Instant modified(Map<String, String> extended) {
        String said = extended.get("mtime");
        try {
            if (said == null) {
                return Instant.ofEpochSecond(number(TarFormat.MTIME, TarFormat.LONG_LENGTH, "time"));
            }
            if (said.length() > 40) {
                throw new NumberFormatException("too long");
            }
            BigDecimal seconds = new BigDecimal(said);
            BigDecimal whole = seconds.setScale(0, java.math.RoundingMode.FLOOR);
            return Instant.ofEpochSecond(
                    whole.longValueExact(),
                    seconds.subtract(whole).multiply(NANOS).longValue());
        } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
            throw TarFormat.refused(what, "the time of '" + Shown.of(name()) + "' is no time");
        }
    }

    private static Map<String, String> attributes(Map<String, String> extended) {
        Map<String, String> attributes = new HashMap<>();
        extended.forEach((key, value) -> {
            if (key.startsWith(TarFormat.XATTR)) {
                attributes.put(key.substring(TarFormat.XATTR.length()), value);
            }
        });
        return attributes;
    }

    private String text(int from, int length) {
        int end = from;
        while (end < from + length && block[end] != 0) {
            end++;
        }
        return TarText.decode(block, from, end - from);
    }

    /** A number in octal digits, or with the first bit set as a big-endian two's complement (GNU). */
    private long number(int from, int length, String field) {
        if ((block[from] & 0x80) != 0) {
            return binary(from, length, field);
        }
        String digits = new String(block, from, length, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw TarFormat.refused(what, "the " + field + " of a header is not a number");
        }
    }

    private long binary(int from, int length, String field) {
        byte[] bytes = java.util.Arrays.copyOfRange(block, from, from + length);
        bytes[0] = (byte) ((bytes[0] & 0x40) != 0 ? bytes[0] : bytes[0] & 0x7F);
        try {
            return new java.math.BigInteger(bytes).longValueExact();
        } catch (ArithmeticException e) {
            throw TarFormat.refused(what, "the " + field + " of a header is too large");
        }
    }

    private long decimal(String text, String field) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw TarFormat.refused(what, "the " + field + " '" + Shown.of(text) + "' is not a number");
        }
    }

    private long positive(long number, String field) {
        if (number < 0) {
            throw TarFormat.refused(what, "the " + field + " of '" + Shown.of(name()) + "' is negative");
        }
        return number;
    }

    private long limited(long number, String field, long most) {
        if (positive(number, field) > most) {
            throw TarFormat.refused(what, "the " + field + " of '" + Shown.of(name()) + "' is too large");
        }
        return number;
    }

    /** Adds the records {@code "length key=value\n"} of a PAX header; an empty value takes a key away. */
    static void readPax(byte[] records, Map<String, String> into, String what) {
        int at = 0;
        while (at < records.length && records[at] != 0) {
            int space = indexOf(records, ' ', at, Math.min(records.length, at + 20));
            int length = space < 0 ? -1 : recordLength(records, at, space);
            int equals = length < 0 || length > records.length - at ? -1 : indexOf(records, '=', space, at + length);
            if (equals < 0 || records[at + length - 1] != '\n') {
                throw TarFormat.refused(what, "a PAX header is damaged");
            }
            String key = TarText.decode(records, space + 1, equals - space - 1);
            String value = TarText.decode(records, equals + 1, at + length - 1 - equals - 1);
            if (value.isEmpty()) {
                into.remove(key);
            } else {
                into.put(key, value);
            }
            at += length;
        }
    }

    private static int recordLength(byte[] records, int from, int to) {
        try {
            return Integer.parseInt(new String(records, from, to - from, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static int indexOf(byte[] bytes, char wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
