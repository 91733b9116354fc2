package io.jenkins.plugins.multiarch.keys;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The keys among the test resources. */
public final class SampleKeys {
    public static final char[] NONE = {};
    public static final char[] PASSWORD = "Paßwort".toCharArray();

    private SampleKeys() {}

    /** A file's bytes, for example of {@code p256.pem}. */
    public static byte[] file(String name) {
        try (InputStream in = SampleKeys.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static SigningKey p256() {
        return PrivateKeys.read(file("p256.pem"), NONE);
    }

    public static SigningKey ed25519() {
        return PrivateKeys.read(file("ed25519.pem"), NONE);
    }

    public static TrustedKey trusted(String name) {
        return PublicKeys.read(file(name));
    }
}
