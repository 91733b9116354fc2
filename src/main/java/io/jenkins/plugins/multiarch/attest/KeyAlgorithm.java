package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.EdDSAParameterSpec;
import java.util.List;

/**
 * The kinds of keys that sign, and how. On every curve with SHA-256, which is what cosign 2 and most verifiers of a plain
 * key take it for; what was signed with the hash of the curve's size, as Sigstore's own services do, verifies as well, and
 * so does the pre-hashed form of Ed25519 that cosign makes.
 */
enum KeyAlgorithm {
    ECDSA_P256("ECDSA P-256", List.of("SHA256withECDSA")),
    ECDSA_P384("ECDSA P-384", List.of("SHA256withECDSA", "SHA384withECDSA")),
    ECDSA_P521("ECDSA P-521", List.of("SHA256withECDSA", "SHA512withECDSA")),
    ED25519("Ed25519", List.of("Ed25519", "Ed25519ph")),
    RSA("RSA", List.of("SHA256withRSA"));

    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;

    private final String text;
    private final List<String> schemes;

    KeyAlgorithm(String text, List<String> schemes) {
        this.text = text;
        this.schemes = schemes;
    }

    /** @throws ReleaseException for kinds and sizes of keys that do not sign here */
    static KeyAlgorithm of(PublicKey key) {
        if (key instanceof ECPublicKey ec) {
            return ofCurve(ec.getParams().getCurve().getField().getFieldSize());
        }
        if (key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519")) {
            return ED25519;
        }
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            if (bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS) {
                return RSA;
            }
            throw unknown("RSA with " + bits + " bits");
        }
        throw unknown(key.getAlgorithm());
    }

    private static KeyAlgorithm ofCurve(int bits) {
        return switch (bits) {
            case 256 -> ECDSA_P256;
            case 384 -> ECDSA_P384;
            case 521 -> ECDSA_P521;
            default -> throw unknown("ECDSA with " + bits + " bits");
        };
    }

    private static ReleaseException unknown(String kind) {
        return new ReleaseException(
                "The key is of the kind " + kind + ", with which we neither sign nor verify.",
                "Use a key of ECDSA P-256 or P-384, Ed25519, or RSA with 2048 bits or more.");
    }

    /** How this kind of key signs. */
    Signature signing() {
        return instance(schemes.get(0));
    }

    /** All the ways in which a signature of this kind of key may have been made. */
    List<Signature> verifying() {
        return schemes.stream().map(KeyAlgorithm::instance).toList();
    }

    private static Signature instance(String scheme) {
        try {
            if (scheme.equals("Ed25519ph")) {
                Signature signature = Signature.getInstance("Ed25519");
                signature.setParameter(new EdDSAParameterSpec(true));
                return signature;
            }
            return Signature.getInstance(scheme);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + scheme, e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
