package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folders beside workspaces in which platforms are built. */
final class PrivateFolders {
    private static final String PREFIX = "multiarch-build-";
    private static final Pattern NAME = Pattern.compile("[/\\\\]" + PREFIX + "[^/\\\\]+");

    private PrivateFolders() {}

    /**
     * An empty folder for this user alone. What other builds left in its place, as their agent or they themselves were
     * ended, is deleted.
     */
    static void renew(Path folder) throws IOException {
        delete(folder);
        Files.createDirectories(folder.getParent());
        deleteOfOtherBuilds(folder);
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void deleteOfOtherBuilds(Path folder) throws IOException {
        String build = build(folder);
        List<Path> others;
        try (Stream<Path> neighbours = Files.list(folder.getParent())) {
            others = neighbours
                    .filter(other -> other.getFileName().toString().startsWith(PREFIX))
                    .filter(other -> !build(other).equals(build))
                    .toList();
        }
        for (Path other : others) {
            delete(other);
        }
    }

    /**
     * What a folder of a build is called in the place where all of them are.
     *
     * @param temporary that place, as an absolute path
     * @param folder an absolute path
     * @throws ReleaseException if the folder is another one
     */
    static String nameIn(String temporary, String folder) {
        String name = folder.startsWith(temporary) ? folder.substring(temporary.length()) : "";
        if (!NAME.matcher(name).matches()) {
            throw new ReleaseException(
                    "'" + Shown.of(folder) + "' is no folder in which buildMultiArch builds.",
                    "Call buildMultiArch, which makes one.");
        }
        return name.substring(1);
    }

    /** {@code multiarch-build-12} of {@code multiarch-build-12-7-linux-amd64}. */
    private static String build(Path folder) {
        String name = folder.getFileName().toString();
        int end = name.indexOf('-', PREFIX.length());
        return end < 0 ? name : name.substring(0, end);
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
