package io.jenkins.plugins.multiarch.layout;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One entry of a tar archive: what a file, directory, link or device is, without its content.
 *
 * @param name its path inside the archive without leading {@code ./} or {@code /} and trailing {@code /}; empty for the
 *     root. Bytes that are not UTF-8 are kept as lone surrogates and written back as they were.
 * @param mode the twelve permission bits, set-user-ID, set-group-ID and sticky included
 * @param user the owner's name, often empty
 * @param size of the content in bytes; 0 for all but files
 * @param target of a symbolic link as it stands there, of a hard link the name of the other entry, else empty
 * @param attributes extended attributes such as {@code security.capability}
 */
public record TarEntry(
        String name,
        Type type,
        int mode,
        long uid,
        long gid,
        String user,
        String group,
        long size,
        Instant modified,
        String target,
        int deviceMajor,
        int deviceMinor,
        Map<String, String> attributes) {

    /** What an entry is, with the type flag of POSIX.1-1988 (ustar). */
    public enum Type {
        FILE('0'),
        HARDLINK('1'),
        SYMLINK('2'),
        CHARACTER_DEVICE('3'),
        BLOCK_DEVICE('4'),
        DIRECTORY('5'),
        FIFO('6');

        private final char flag;

        Type(char flag) {
            this.flag = flag;
        }

        char flag() {
            return flag;
        }
    }

    public TarEntry {
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    public static TarEntry file(String name, int mode, long size) {
        return plain(name, Type.FILE, mode, size, "");
    }

    public static TarEntry directory(String name, int mode) {
        return plain(name, Type.DIRECTORY, mode, 0, "");
    }

    public static TarEntry symlink(String name, String target) {
        return plain(name, Type.SYMLINK, 0777, 0, target);
    }

    public static TarEntry hardlink(String name, String target) {
        return plain(name, Type.HARDLINK, 0644, 0, target);
    }

    private static TarEntry plain(String name, Type type, int mode, long size, String target) {
        return new TarEntry(name, type, mode, 0, 0, "", "", size, Instant.EPOCH, target, 0, 0, Map.of());
    }

    public TarEntry withName(String renamed) {
        return new TarEntry(
                renamed,
                type,
                mode,
                uid,
                gid,
                user,
                group,
                size,
                modified,
                target,
                deviceMajor,
                deviceMinor,
                attributes);
    }

    public TarEntry withTarget(String other) {
        return new TarEntry(
                name, type, mode, uid, gid, user, group, size, modified, other, deviceMajor, deviceMinor, attributes);
    }

    public TarEntry withMode(int bits) {
        return new TarEntry(
                name, type, bits, uid, gid, user, group, size, modified, target, deviceMajor, deviceMinor, attributes);
    }

    /** The same entry owned by these numbers; names of owners are dropped, as they may mean others elsewhere. */
    public TarEntry withOwner(long userId, long groupId) {
        return new TarEntry(
                name,
                type,
                mode,
                userId,
                groupId,
                "",
                "",
                size,
                modified,
                target,
                deviceMajor,
                deviceMinor,
                attributes);
    }

    public TarEntry withModified(Instant time) {
        return new TarEntry(
                name, type, mode, uid, gid, user, group, size, time, target, deviceMajor, deviceMinor, attributes);
    }

    public boolean isFile() {
        return type == Type.FILE;
    }

    public boolean isDirectory() {
        return type == Type.DIRECTORY;
    }
}
