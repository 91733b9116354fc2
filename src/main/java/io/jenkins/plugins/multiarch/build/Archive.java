package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.layout.Compression;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import io.jenkins.plugins.multiarch.layout.TarReader;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * A tar archive to take files from, compressed or not: a layer, or a file to be unpacked. It is read once for what is in
 * it; the first file taken from it unpacks its compression into a temporary file.
 */
final class Archive {
    /** The most entries of one archive. */
    private static final int MAX_ENTRIES = 2_000_000;

    /** The largest archive, in bytes when unpacked. */
    private static final long MAX_SIZE = 64L << 30;

    private final String what;
    private final Blob.Source source;
    private final Optional<Digest> unpackedDigest;
    private final Path temporary;
    private Path unpacked;

    /**
     * @param what names it in refusals, as in {@code "The layer sha256:…"}
     * @param unpackedDigest what it has to have without compression, where that is known
     * @param temporary the folder for temporary files
     */
    Archive(String what, Blob.Source source, Optional<Digest> unpackedDigest, Path temporary) {
        this.what = what;
        this.source = source;
        this.unpackedDigest = unpackedDigest;
        this.temporary = temporary;
    }

    String what() {
        return what;
    }

    /** Takes the entries in their order. */
    interface Visitor {
        void visit(TarEntry entry, Content content) throws IOException, InterruptedException;
    }

    void read(Visitor visitor) throws IOException, InterruptedException {
        MessageDigest hasher =
                Digest.hasher(unpackedDigest.map(Digest::algorithm).orElse("sha256"));
        try (InputStream in = new DigestInputStream(Compression.expand(source.open(), what), hasher)) {
            TarReader tar = new TarReader(new Unskipping(in), what);
            int entries = 0;
            Optional<TarEntry> next = tar.next();
            while (next.isPresent()) {
                TarEntry entry = next.get();
                refuseHuge(++entries, tar.contentOffset() + entry.size());
                visitor.visit(entry, content(entry, tar.contentOffset()));
                next = tar.next();
            }
            in.transferTo(OutputStream.nullOutputStream());
        }
        refuseOther(Digest.finish(unpackedDigest.map(Digest::algorithm).orElse("sha256"), hasher.digest()));
    }

    private Content content(TarEntry entry, long offset) {
        return entry.isFile() ? new Content.Archived(this, offset, entry.size()) : Content.NONE;
    }

    private void refuseHuge(int entries, long size) {
        if (entries > MAX_ENTRIES || size > MAX_SIZE) {
            throw new ReleaseException(
                    what + " has more than " + MAX_ENTRIES + " entries or " + MAX_SIZE + " bytes.",
                    "Use the builder buildx or buildah.");
        }
    }

    private void refuseOther(Digest found) {
        if (unpackedDigest.filter(wanted -> !wanted.equals(found)).isPresent()) {
            throw new ReleaseException(
                    what + " unpacks to " + found + ", but its image's configuration says " + unpackedDigest.get()
                            + ".",
                    "Do not use that image; it was put together wrongly or changed.");
        }
    }

    /** A part of it, as it is without compression. */
    InputStream open(long offset, long size) throws IOException, InterruptedException {
        FileChannel channel = FileChannel.open(unpacked());
        channel.position(offset);
        return new BufferedInputStream(new Part(Channels.newInputStream(channel), size), 1 << 16);
    }

    private synchronized Path unpacked() throws IOException, InterruptedException {
        if (unpacked == null) {
            Path file = Files.createTempFile(temporary, "unpacked", ".tar");
            try (InputStream in = Compression.expand(source.open(), what);
                    OutputStream out = Files.newOutputStream(file)) {
                in.transferTo(out);
            }
            unpacked = file;
        }
        return unpacked;
    }

    /** Reads what is skipped, so that it counts for the digest. */
    private static final class Unskipping extends java.io.FilterInputStream {

        Unskipping(InputStream in) {
            super(in);
        }

        @Override
        public long skip(long bytes) throws IOException {
            return bytes <= 0 ? 0 : in.readNBytes((int) Math.min(bytes, 1 << 16)).length;
        }
    }

    /** The next so many bytes of a stream. */
    private static final class Part extends java.io.FilterInputStream {
        private long left;

        Part(InputStream in, long size) {
            super(in);
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int count = left == 0 ? -1 : in.read(buffer, from, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }
    }
}
