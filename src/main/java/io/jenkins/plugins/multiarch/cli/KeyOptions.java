package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.keys.PrivateKeys;
import io.jenkins.plugins.multiarch.keys.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The key to sign with; its password is in a file, for command lines can be seen by everybody on a machine. */
final class KeyOptions {
    private static final int MAX_SIZE = 1 << 16;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The private key, in PEM or made by 'cosign generate-key-pair'.")
    private Path key;

    @Option(
            names = "--key-password-file",
            paramLabel = "FILE",
            description = "A file with the password of the key, on its first line.")
    private Path passwordFile;

    SigningKey signingKey() throws IOException {
        return read(key, passwordFile);
    }

    /** @param passwordFile null where the key has no password */
    static SigningKey read(Path key, Path passwordFile) throws IOException {
        return PrivateKeys.read(BoundedFile.read(key, MAX_SIZE), password(passwordFile));
    }

    private static char[] password(Path passwordFile) throws IOException {
        if (passwordFile == null) {
            return new char[0];
        }
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(BoundedFile.read(passwordFile, MAX_SIZE)));
        return text.toString().lines().findFirst().orElse("").toCharArray();
    }
}
