package io.jenkins.plugins.multiarch.registry.fake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What follows the headers of an answer. A body that fails while it is written cuts the connection.
 *
 * @param length in bytes, or {@link #UNKNOWN} to send it in chunks
 */
record Body(long length, Writer writer) {
    static final long UNKNOWN = -1;
    static final Body NONE = of(new byte[0]);
    private static final int BUFFER = 1 << 16;

    /** Writes a body. */
    @FunctionalInterface
    interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Opens the content of a body. */
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    static Body of(byte[] content) {
        return new Body(content.length, out -> out.write(content));
    }

    static Body of(long length, Source source) {
        return new Body(length, out -> {
            try (InputStream in = source.open()) {
                copy(in, out, length);
            }
        });
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = length;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IOException("content ended " + left + " bytes early");
            }
            out.write(buffer, 0, count);
            left -= count;
        }
    }
}
