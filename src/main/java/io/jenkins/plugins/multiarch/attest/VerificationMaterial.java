package io.jenkins.plugins.multiarch.attest;

import java.util.List;

/** How a {@link Bundle} says who signed it. It helps to choose a key or a trusted root, and is never trusted itself. */
public sealed interface VerificationMaterial {

    /**
     * A key that the verifier has.
     *
     * @param hint Base64 of the SHA-256 of its SubjectPublicKeyInfo, as cosign writes it; may be empty
     */
    record KeyHint(String hint) implements VerificationMaterial {}

    /**
     * A certificate for the signing key.
     *
     * @param chain X.509 certificates in DER, the signer's own first, at least that one
     */
    record Certificates(List<byte[]> chain) implements VerificationMaterial {
        public Certificates {
            chain = chain.stream().map(byte[]::clone).toList();
        }

        public byte[] leaf() {
            return chain.get(0).clone();
        }
    }
}
