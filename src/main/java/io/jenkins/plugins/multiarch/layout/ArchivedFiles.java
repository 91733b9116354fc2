package io.jenkins.plugins.multiarch.layout;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The files of a tar archive, read where they stand: opening it reads its headers alone. */
final class ArchivedFiles implements StoredFiles {
    /** The most entries of an archive; an image has a few hundred. */
    private static final int MAX_ENTRIES = 100_000;

    /** The longest chain of links; {@code docker save} makes chains of one. */
    private static final int MAX_LINKS = 16;

    /** The most characters that the names of all entries have together; those of an image have a few ten thousand. */
    private static final int MAX_NAMES = 16 << 20;

    private final Path path;
    private final FileChannel channel;
    private final Map<String, Place> places = new HashMap<>();
    private int names;

    /** A file's content in the archive, or the name that it is another one's. */
    private record Place(long offset, long size, String link) {}

    private ArchivedFiles(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static ArchivedFiles open(Path path) throws IOException {
        refuseCompressed(path);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        ArchivedFiles files = new ArchivedFiles(path, channel);
        try {
            files.index();
            return files;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void refuseCompressed(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            Compression compression = Compression.of(in.readNBytes(6));
            if (compression != Compression.NONE) {
                throw new ReleaseException(
                        path + " is compressed with " + compression.name().toLowerCase(java.util.Locale.ROOT) + ".",
                        "Unpack the compression first, so that the images in it can be read where they stand.");
            }
        }
    }

    private void index() throws IOException {
        try (InputStream in = Files.newInputStream(path);
                TarReader tar = new TarReader(in, path.toString())) {
            Optional<TarEntry> next = tar.next();
            while (next.isPresent()) {
                index(next.get(), tar.contentOffset());
                next = tar.next();
            }
        }
    }

    private void index(TarEntry entry, long offset) {
        if (places.size() >= MAX_ENTRIES) {
            throw TarFormat.refused(path.toString(), "it has more than " + MAX_ENTRIES + " entries");
        }
        names += entry.name().length() + entry.target().length();
        if (names > MAX_NAMES) {
            throw TarFormat.refused(
                    path.toString(), "the names in it have together more than " + MAX_NAMES + " characters");
        }
        switch (entry.type()) {
            case FILE -> places.put(entry.name(), new Place(offset, entry.size(), ""));
            case HARDLINK -> link(entry.name(), entry.target());
            case SYMLINK -> link(entry.name(), resolved(entry));
            default -> {
                // folders and devices hold nothing
            }
        }
    }

    /** The root of the archive is no file, so a link to it names nothing. */
    private void link(String name, String target) {
        if (!target.isEmpty()) {
            places.put(name, new Place(0, 0, target));
        }
    }

    /** What a symbolic link names inside the archive, whose root is its own parent. */
    private static String resolved(TarEntry link) {
        int slash = link.target().startsWith("/") ? -1 : link.name().lastIndexOf('/');
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (link.name().substring(0, slash + 1) + link.target()).split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    private Place place(String name) {
        Place place = places.get(name);
        for (int links = 0; place != null && !place.link().isEmpty() && links < MAX_LINKS; links++) {
            place = places.get(place.link());
        }
        return place == null || !place.link().isEmpty() ? null : place;
    }

    @Override
    public boolean has(String name) {
        return place(name) != null;
    }

    @Override
    public InputStream open(String name) {
        Place place = place(name);
        return new BufferedInputStream(new Section(place.offset(), place.offset() + place.size()), 1 << 16);
    }

    @Override
    public long size(String name) {
        return place(name).size();
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A part of the file, read by position so that several may be read at once. */
    private final class Section extends InputStream {
        private final long end;
        private long position;

        Section(long start, long end) {
            this.position = start;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            if (position >= end) {
                return -1;
            }
            int read = channel.read(ByteBuffer.wrap(buffer, from, (int) Math.min(length, end - position)), position);
            position += Math.max(0, read);
            return read;
        }
    }
}
