package io.jenkins.plugins.multiarch.layout;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.List;

/** What reader and writer of tar share: the header's fields (POSIX.1-1988 ustar, GNU's base-256 numbers) and names. */
final class TarFormat {
    static final int BLOCK = 512;
    static final int NAME = 0;
    static final int NAME_LENGTH = 100;
    static final int MODE = 100;
    static final int UID = 108;
    static final int GID = 116;
    static final int ID_LENGTH = 8;
    static final int SIZE = 124;
    static final int MTIME = 136;
    static final int LONG_LENGTH = 12;
    static final int CHECKSUM = 148;
    static final int TYPE = 156;
    static final int LINK = 157;
    static final int MAGIC = 257;
    static final int USER = 265;
    static final int GROUP = 297;
    static final int OWNER_LENGTH = 32;
    static final int MAJOR = 329;
    static final int MINOR = 337;
    static final int PREFIX = 345;
    static final int PREFIX_LENGTH = 155;
    static final String XATTR = "SCHILY.xattr.";

    private TarFormat() {}

    /** The sum of all bytes of a header, its checksum field counted as spaces. */
    static int checksum(byte[] header) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : header[i] & 0xFF;
        }
        return sum;
    }

    /** Bytes after content of this size up to the next whole block. */
    static int padding(long size) {
        return (int) ((BLOCK - size % BLOCK) % BLOCK);
    }

    /**
     * A name as the archive's tree has it: relative, its parts joined by single slashes.
     *
     * @param what names the archive in the refusal
     * @throws ReleaseException if it leads out of the tree
     */
    static String normalised(String name, String what) {
        if (name.indexOf('\0') >= 0) {
            throw refused(what, "the name '" + Shown.of(name) + "' holds a NUL");
        }
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                throw refused(what, "the name '" + Shown.of(name) + "' leads out of the archive");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    static ReleaseException refused(String what, String reason) {
        return new ReleaseException(
                what + " is not a tar archive we can read: " + reason + ".",
                "Make it again with the tool that wrote it.");
    }
}
