package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A folder of this machine to copy from, without what its {@code .dockerignore} keeps out. As in BuildKit all in it belongs
 * to root and keeps its permission bits; unlike there it gets one time, so that a fresh checkout gives the same image.
 */
final class FolderSource implements SourceTree {
    private final Path root;
    private final IgnoreRules rules;
    private final Instant time;

    FolderSource(Path root, IgnoreRules rules, Instant time) {
        this.root = root;
        this.rules = rules;
        this.time = time;
    }

    @Override
    public Optional<FileNode> find(String path) throws IOException {
        if (path.isEmpty()) {
            return Optional.of(new FileNode(TarEntry.directory("", 0755), Content.NONE));
        }
        return rules.ignores(path) && !holdsException(path) ? Optional.empty() : read(path);
    }

    /** A folder that is kept out is there nevertheless where something in it is not. */
    private boolean holdsException(String path) throws IOException {
        if (!rules.hasExceptions() || !Files.isDirectory(file(path), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        for (String name : names(path)) {
            if (find(path + "/" + name).isPresent()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<String> children(String folder) throws IOException {
        List<String> present = new ArrayList<>();
        for (String name : names(folder)) {
            if (find(folder.isEmpty() ? name : folder + "/" + name).isPresent()) {
                present.add(name);
            }
        }
        return present;
    }

    private List<String> names(String folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(file(folder))) {
            for (Path file : files) {
                names.add(text(file.getFileName()));
            }
        }
        Collections.sort(names);
        return names;
    }

    private Optional<FileNode> read(String path) throws IOException {
        Path file = file(path);
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(node(path, file, attributes));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (java.nio.file.FileSystemException e) {
            if ("Not a directory".equals(e.getReason())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private FileNode node(String path, Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            String target = text(Files.readSymbolicLink(file));
            return new FileNode(TarEntry.symlink(path, target).withModified(time), Content.NONE);
        }
        if (attributes.isDirectory()) {
            return new FileNode(TarEntry.directory(path, mode(file)).withModified(time), Content.NONE);
        }
        if (attributes.isRegularFile()) {
            TarEntry entry = TarEntry.file(path, mode(file), attributes.size()).withModified(time);
            return new FileNode(entry, new Content.LocalFile(file));
        }
        throw new ReleaseException(
                file + " is neither a file nor a folder nor a symbolic link.", "Keep it out by .dockerignore.");
    }

    /** Where the file system has no permission bits everything may be run, as in BuildKit. */
    private static int mode(Path file) throws IOException {
        try {
            return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
        } catch (UnsupportedOperationException e) {
            return 0755;
        }
    }

    /**
     * A path as UTF-8, whatever the locale of this process: {@code toString} would show what is not ASCII in the encoding
     * of the locale, and in the locale C not at all. A file's URI has its bytes.
     */
    private static String text(Path path) {
        if (isAscii(path.toString())) {
            return path.toString();
        }
        String absolute = decoded(path);
        String text = path.isAbsolute()
                ? absolute
                : absolute.substring(decoded(Path.of("").toAbsolutePath()).length() + 1);
        if (text.indexOf('\uFFFD') >= 0) {
            throw new ReleaseException(
                    "'" + Shown.of(text) + "' in the context has a name that is not UTF-8.",
                    "Rename it, or keep its folder out by .dockerignore.");
        }
        return text;
    }

    private static String decoded(Path path) {
        String raw = path.toUri().getRawPath().replaceFirst("/$", "");
        return java.net.URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private Path file(String path) {
        if (isAscii(path)) {
            return root.resolve(path);
        }
        StringBuilder uri = new StringBuilder(root.toUri().toString().replaceFirst("/$", ""));
        for (String part : path.split("/")) {
            String encoded =
                    java.net.URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
            uri.append('/').append(encoded);
        }
        return Path.of(URI.create(uri.toString()));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
