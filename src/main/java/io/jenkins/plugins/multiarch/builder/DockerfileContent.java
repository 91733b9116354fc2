package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a Dockerfile, which builders take in any encoding. */
final class DockerfileContent {
    /** In bytes. */
    private static final int MAX_SIZE = 4 << 20;

    private DockerfileContent() {}

    static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_SIZE + 1);
            if (bytes.length > MAX_SIZE) {
                throw new ReleaseException(
                        "The Dockerfile has more than " + MAX_SIZE + " bytes.", "Give a Dockerfile.");
            }
            return bytes;
        }
    }

    /** The text, with a sign in place of each byte that is no UTF-8: instructions and names of images have none. */
    static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
