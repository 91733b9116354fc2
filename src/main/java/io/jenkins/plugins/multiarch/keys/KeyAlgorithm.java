package io.jenkins.plugins.multiarch.keys;

import static io.jenkins.plugins.multiarch.keys.SignatureScheme.ED25519_PREHASHED;
import static io.jenkins.plugins.multiarch.keys.SignatureScheme.SHA256_WITH_ECDSA;
import static io.jenkins.plugins.multiarch.keys.SignatureScheme.SHA256_WITH_RSA;
import static io.jenkins.plugins.multiarch.keys.SignatureScheme.SHA384_WITH_ECDSA;
import static io.jenkins.plugins.multiarch.keys.SignatureScheme.SHA512_WITH_ECDSA;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;

/**
 * The kinds of keys that sign, and how. On every curve with SHA-256, which is what cosign 2 and most verifiers of a plain
 * key take it for; what was signed with the hash of the curve's size, as Sigstore's own services do, verifies as well, and
 * so does the pre-hashed form of Ed25519 that cosign makes.
 */
public enum KeyAlgorithm {
    ECDSA_P256("ECDSA P-256", "SHA-256", SHA256_WITH_ECDSA, List.of(SHA256_WITH_ECDSA)),
    ECDSA_P384("ECDSA P-384", "SHA-384", SHA384_WITH_ECDSA, List.of(SHA256_WITH_ECDSA, SHA384_WITH_ECDSA)),
    ECDSA_P521("ECDSA P-521", "SHA-512", SHA512_WITH_ECDSA, List.of(SHA256_WITH_ECDSA, SHA512_WITH_ECDSA)),
    ED25519("Ed25519", "SHA-256", SignatureScheme.ED25519, List.of(SignatureScheme.ED25519, ED25519_PREHASHED)),
    RSA("RSA", "SHA-256", SHA256_WITH_RSA, List.of(SHA256_WITH_RSA));

    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;

    private final String text;
    private final String hash;
    private final SignatureScheme own;
    private final List<SignatureScheme> schemes;

    /**
     * @param hash that goes with the size of the key, by its name in Java
     * @param own the scheme with that hash
     * @param schemes all in which the key may have signed; it signs in the first
     */
    KeyAlgorithm(String text, String hash, SignatureScheme own, List<SignatureScheme> schemes) {
        this.text = text;
        this.hash = hash;
        this.own = own;
        this.schemes = schemes;
    }

    /** @throws ReleaseException for kinds and sizes of keys that do not sign here */
    static KeyAlgorithm of(PublicKey key) {
        return find(key)
                .orElseThrow(() -> new ReleaseException(
                        "The key is of the kind " + kind(key) + ", with which we neither sign nor verify.",
                        "Use a key of ECDSA P-256 or P-384, Ed25519, or RSA with 2048 bits or more."));
    }

    /** Nothing for kinds and sizes of keys that do not sign here. */
    static Optional<KeyAlgorithm> find(PublicKey key) {
        if (key instanceof ECPublicKey ec) {
            return ofCurve(bits(ec));
        }
        if (key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519")) {
            return Optional.of(ED25519);
        }
        boolean sized = key instanceof RSAPublicKey rsa && bits(rsa) >= MIN_RSA_BITS && bits(rsa) <= MAX_RSA_BITS;
        return sized ? Optional.of(RSA) : Optional.empty();
    }

    private static Optional<KeyAlgorithm> ofCurve(int bits) {
        return switch (bits) {
            case 256 -> Optional.of(ECDSA_P256);
            case 384 -> Optional.of(ECDSA_P384);
            case 521 -> Optional.of(ECDSA_P521);
            default -> Optional.empty();
        };
    }

    private static String kind(PublicKey key) {
        if (key instanceof ECPublicKey ec) {
            return "ECDSA with " + bits(ec) + " bits";
        }
        return key instanceof RSAPublicKey rsa ? "RSA with " + bits(rsa) + " bits" : key.getAlgorithm();
    }

    private static int bits(ECPublicKey key) {
        return key.getParams().getCurve().getField().getFieldSize();
    }

    private static int bits(RSAPublicKey key) {
        return key.getModulus().bitLength();
    }

    /** The hash that goes with this kind of key, by its name in Java: {@code SHA-256}, for larger curves that of their size. */
    public String hash() {
        return hash;
    }

    /** How Sigstore's services sign with this kind of key: with the hash that goes with it. */
    SignatureScheme own() {
        return own;
    }

    /** How this kind of key signs here. */
    SignatureScheme signing() {
        return schemes.get(0);
    }

    /** All the ways in which a signature of this kind of key may have been made. */
    List<SignatureScheme> schemes() {
        return schemes;
    }

    @Override
    public String toString() {
        return text;
    }
}
