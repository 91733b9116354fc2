package io.jenkins.plugins.multiarch.steps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folders beside workspaces in which platforms are built. */
final class PrivateFolders {
    private static final String PREFIX = "multiarch-build-";

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
