package io.jenkins.plugins.multiarch.keys;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/** Reads public keys: in PEM, a SubjectPublicKeyInfo or the key of an X.509 certificate; and in DER. */
public final class PublicKeys {

    private PublicKeys() {}

    /**
     * Reads the first key of a text in PEM.
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

    /**
     * Reads all keys of a text in PEM.
     *
     * @throws ReleaseException if there is none, or something else stands among them
     */
    public static List<TrustedKey> readAll(byte[] pem) {
        List<Pem> blocks = Pem.readAll(pem);
        List<TrustedKey> keys = blocks.stream()
                .flatMap(block -> key(block).stream())
                .map(TrustedKey::new)
                .toList();
        if (keys.isEmpty() || keys.size() < blocks.size()) {
            throw refused(pem);
        }
        return keys;
    }

    private static Optional<PublicKey> key(Pem block) {
        try {
            return switch (block.type()) {
                case Pem.PUBLIC_KEY -> Optional.of(decode(block.content()));
                case Pem.CERTIFICATE -> Optional.of(X509.read(block.content()).getPublicKey());
                default -> Optional.empty();
            };
        } catch (Unaccepted e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7).
     *
     * @throws Unaccepted if it is broken, or of another kind than EC, RSA and Ed25519
     */
    public static PublicKey decode(byte[] spki) {
        KeyFactory factory = AlgorithmIdentifier.keyFactory(
                Der.parse(spki).expect(Der.SEQUENCE).child(0));
        try {
            return factory.generatePublic(new X509EncodedKeySpec(spki));
        } catch (InvalidKeySpecException e) {
            throw new Unaccepted("it has a broken " + factory.getAlgorithm() + " key", e);
        }
    }

    /**
     * Reads an RSAPublicKey (RFC 8017, A.1.1), which some logs of old publish instead.
     *
     * @throws Unaccepted if it is broken
     */
    public static PublicKey decodeRsa(byte[] pkcs1) {
        return decode(KeyForms.ofPublicPkcs1(pkcs1));
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
