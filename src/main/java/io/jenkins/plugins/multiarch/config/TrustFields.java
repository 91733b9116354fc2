package io.jenkins.plugins.multiarch.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.attest.VerificationPolicy;
import io.jenkins.plugins.multiarch.attest.keyless.SigningConfig;
import io.jenkins.plugins.multiarch.attest.keyless.TrustedRoot;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The texts of the configuration that say whom to trust: kept as they were given, once they have been understood. */
final class TrustFields {

    private TrustFields() {}

    static @CheckForNull String policy(@CheckForNull String text) {
        return understood(text, VerificationPolicy::parse);
    }

    static @CheckForNull String trustedRoot(@CheckForNull String text) {
        return understood(text, TrustedRoot::parse);
    }

    static @CheckForNull String signingConfig(@CheckForNull String text) {
        return understood(text, SigningConfig::parse);
    }

    private static @CheckForNull String understood(@CheckForNull String text, Consumer<byte[]> reader) {
        if (text == null || text.isBlank()) {
            return null;
        }
        reader.accept(text.getBytes(StandardCharsets.UTF_8));
        return text;
    }
}
