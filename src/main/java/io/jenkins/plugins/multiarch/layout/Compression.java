package io.jenkins.plugins.multiarch.layout;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** How a stream is compressed, told by its first bytes, as container engines tell it whatever the media type says. */
public enum Compression {
    NONE,
    GZIP,
    ZSTD,
    BZIP2,
    XZ;

    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_MAGIC = 6;

    /** What these first bytes, at least six where there are as many, belong to. */
    public static Compression of(byte[] start) {
        if (startsWith(start, 0x1F, 0x8B, 0x08)) {
            return GZIP;
        }
        if (startsWith(start, 0x28, 0xB5, 0x2F, 0xFD)) {
            return ZSTD;
        }
        if (startsWith(start, 'B', 'Z', 'h')) {
            return BZIP2;
        }
        return startsWith(start, 0xFD, '7', 'z', 'X', 'Z', 0) ? XZ : NONE;
    }

    private static boolean startsWith(byte[] start, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= start.length || (start[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The stream behind gzip compression, or as it is where it has none.
     *
     * @param what names the stream in the refusal, as in {@code "The layer sha256:…"}
     * @throws ReleaseException if it is compressed in a way that the JDK cannot read
     */
    public static InputStream expand(InputStream in, String what) throws IOException {
        Restarting start = new Restarting(in);
        start.mark(LONGEST_MAGIC);
        Compression compression = of(start.readNBytes(LONGEST_MAGIC));
        start.reset();
        return switch (compression) {
            case NONE -> start;
            case GZIP -> new GZIPInputStream(start, BUFFER);
            default ->
                throw new ReleaseException(
                        what + " is compressed with " + compression.name().toLowerCase(java.util.Locale.ROOT)
                                + ", which we cannot read.",
                        "Make it again with gzip, or without compression.");
        };
    }

    /**
     * Looks ahead before it says that nothing is left. {@link GZIPInputStream} takes a stream of several members (eStargz
     * layers are) to end after any of them when {@code available()} is 0, which many streams are between two packets.
     */
    private static final class Restarting extends BufferedInputStream {

        Restarting(InputStream in) {
            super(in, BUFFER);
        }

        @Override
        public synchronized int available() throws IOException {
            if (count > pos) {
                return count - pos;
            }
            mark(1);
            boolean more = read() >= 0;
            reset();
            return more ? count - pos : 0;
        }
    }
}
