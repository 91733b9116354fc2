package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/** Reads public keys in PEM: SubjectPublicKeyInfo, or the key of an X.509 certificate. */
public final class PublicKeys {
    private static final List<String> ALGORITHMS = List.of("EC", "Ed25519", "RSA");

    private PublicKeys() {}

    /**
     * Reads the first key of a text.
     *
     * @throws ReleaseException if there is none, or it is of a kind that does not sign here
     */
    public static TrustedKey read(byte[] pem) {
        return Pem.readAll(pem).stream()
                .flatMap(block -> key(block).stream())
                .findFirst()
                .map(TrustedKey::new)
                .orElseThrow(() -> refused(pem));
    }

    private static Optional<PublicKey> key(Pem block) {
        return switch (block.type()) {
            case "PUBLIC KEY" -> decode(block.content());
            case "CERTIFICATE" -> ofCertificate(block.content());
            default -> Optional.empty();
        };
    }

    private static Optional<PublicKey> ofCertificate(byte[] der) {
        try {
            return Optional.of(CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey());
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Optional<PublicKey> decode(byte[] der) {
        for (String algorithm : ALGORITHMS) {
            try {
                return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
            } catch (GeneralSecurityException e) {
                continue; // a key of another kind
            }
        }
        return Optional.empty();
    }

    private static ReleaseException refused(byte[] pem) {
        boolean secret =
                Pem.readAll(pem).stream().anyMatch(block -> block.type().endsWith("PRIVATE KEY"));
        return secret
                ? new ReleaseException(
                        "A private key was given where a public key belongs.",
                        "Give the public key: cosign public-key or openssl pkey -pubout writes it.")
                : new ReleaseException(
                        "There is no public key that we can read.",
                        "Give one in PEM, beginning with -----BEGIN PUBLIC KEY-----, or a certificate.");
    }
}
