package io.jenkins.plugins.multiarch.layout;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a tar archive as a stream: ustar, PAX (POSIX.1-2001), GNU long names, base-256 numbers, and the old format before
 * ustar. Sparse files are refused.
 *
 * <p>What it holds in memory is bounded: a header at most {@value #MAX_EXTENDED} bytes of names and attributes.
 */
public final class TarReader implements Closeable {
    /** The longest PAX header or GNU long name, in bytes. */
    private static final int MAX_EXTENDED = 1 << 20;

    /** Headers about one entry that may follow each other: global and local PAX, long name, long link, twice. */
    private static final int MAX_HEADERS = 8;

    private final InputStream in;
    private final String what;
    private final Map<String, String> global = new HashMap<>();
    private long position;
    private long remaining;
    private int padding;

    /**
     * @param what names the archive in refusals, as in {@code "The layer sha256:…"}
     */
    public TarReader(InputStream in, String what) {
        this.in = in;
        this.what = what;
    }

    /** The next entry, past what is left of the one before; none at the end. */
    public Optional<TarEntry> next() throws IOException {
        Map<String, String> extended = new HashMap<>(global);
        for (int headers = 0; headers < MAX_HEADERS; headers++) {
            byte[] block = nextHeader();
            if (block.length == 0) {
                return Optional.empty();
            }
            TarHeader header = TarHeader.read(block, what);
            if (!readExtended(header, extended)) {
                TarEntry entry = header.entry(extended);
                begin(entry.size());
                return Optional.of(entry);
            }
        }
        throw TarFormat.refused(what, "more than " + MAX_HEADERS + " headers stand before one entry");
    }

    /** The content of the entry that {@link #next} returned last; it ends with the entry and need not be closed. */
    public InputStream content() {
        return new Content();
    }

    /** Where the content of that entry begins, in bytes from the start of the archive. */
    public long contentOffset() {
        return position;
    }

    /** Takes what a header says about the entry behind it; false if it is an entry itself. */
    private boolean readExtended(TarHeader header, Map<String, String> extended) throws IOException {
        switch (header.flag()) {
            case 'x', 'X' -> TarHeader.readPax(block(header.size()), extended, what);
            case 'g' -> {
                TarHeader.readPax(block(header.size()), global, what);
                refuseMany();
                global.forEach(extended::putIfAbsent);
            }
            case 'L' -> extended.put("path", longText(header));
            case 'K' -> extended.put("linkpath", longText(header));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void refuseMany() {
        long length = global.entrySet().stream()
                .mapToLong(said -> said.getKey().length() + said.getValue().length())
                .sum();
        if (length > MAX_EXTENDED) {
            throw TarFormat.refused(what, "its global headers are together longer than " + MAX_EXTENDED);
        }
    }

    private String longText(TarHeader header) throws IOException {
        byte[] text = block(header.size());
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return TarText.decode(text, 0, end);
    }

    private byte[] block(long size) throws IOException {
        if (size > MAX_EXTENDED) {
            throw TarFormat.refused(what, "a header of " + size + " bytes is longer than " + MAX_EXTENDED);
        }
        begin(size);
        byte[] content = content().readNBytes((int) size);
        if (content.length < size) {
            throw truncated();
        }
        return content;
    }

    private void begin(long size) {
        remaining = size;
        padding = TarFormat.padding(size);
    }

    /** The next header, or no bytes at the end of the archive: a block of zeros, or nothing more. */
    private byte[] nextHeader() throws IOException {
        skip(remaining + padding);
        begin(0);
        byte[] block = in.readNBytes(TarFormat.BLOCK);
        position += block.length;
        if (block.length == 0 || isZero(block)) {
            return new byte[0];
        }
        if (block.length < TarFormat.BLOCK) {
            throw truncated();
        }
        return block;
    }

    private void skip(long bytes) throws IOException {
        try {
            in.skipNBytes(bytes);
        } catch (EOFException e) {
            throw truncated();
        }
        position += bytes;
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private RuntimeException truncated() {
        return TarFormat.refused(what, "it ends in the middle of an entry");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private final class Content extends FilterInputStream {

        Content() {
            super(TarReader.this.in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            if (remaining == 0) {
                return -1;
            }
            int read = in.read(buffer, from, (int) Math.min(length, remaining));
            if (read < 0) {
                throw truncated();
            }
            remaining -= read;
            position += read;
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = in.skip(Math.min(bytes, remaining));
            remaining -= skipped;
            position += skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(in.available(), remaining);
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void close() {
            // the archive stays open for the entries behind this one
        }
    }
}
