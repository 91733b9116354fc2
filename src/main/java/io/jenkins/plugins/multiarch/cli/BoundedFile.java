package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Small files that the command line was given. */
final class BoundedFile {

    private BoundedFile() {}

    /** @param limit the largest size that makes sense, in bytes */
    static byte[] read(Path file, int limit) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(limit + 1);
        } catch (NoSuchFileException e) {
            throw new ReleaseException("There is no file " + file + ".", "Check its name and folder.");
        }
        if (bytes.length > limit) {
            throw new ReleaseException(
                    file + " has more than " + limit + " bytes, so it is not what belongs here.",
                    "Check that it is the file you meant.");
        }
        return bytes;
    }
}
