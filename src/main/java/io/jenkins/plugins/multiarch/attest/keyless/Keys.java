package io.jenkins.plugins.multiarch.attest.keyless;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;

/** Public keys of logs, authorities and signers, and the signatures that they check. */
final class Keys {
    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final Map<String, String> ALGORITHMS =
            Map.of("1.2.840.10045.2.1", "EC", RSA, "RSA", "1.3.101.112", "Ed25519", "1.3.101.113", "Ed448");
    private static final byte[] NULL = {5, 0};

    private Keys() {}

    /** Reads a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7). */
    static PublicKey read(byte[] spki) {
        String oid = Der.parse(spki).expect(Der.SEQUENCE).child(0).child(0).oid();
        String algorithm = ALGORITHMS.get(oid);
        if (algorithm == null) {
            throw new Unaccepted("it has a key of the unknown algorithm " + oid);
        }
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki));
        } catch (GeneralSecurityException e) {
            throw new Unaccepted("it has a broken " + algorithm + " key", e);
        }
    }

    /** Reads an RSAPublicKey (RFC 8017, A.1.1), which some logs of old publish instead. */
    static PublicKey readRsa(byte[] pkcs1) {
        byte[] algorithm = DerWriter.sequence(DerWriter.oid(RSA), NULL);
        byte[] bits = DerWriter.element(Der.BIT_STRING, new byte[1], pkcs1);
        return read(DerWriter.sequence(algorithm, bits));
    }

    /** The signature algorithm that goes with a key: SHA-256, and for the larger curves the hash of their size. */
    static String signatureAlgorithm(PublicKey key) {
        if (key instanceof ECPublicKey ec) {
            return hash(ec).replace("-", "") + "withECDSA";
        }
        return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : key.getAlgorithm();
    }

    /** The hash that goes with a key, for example {@code SHA-384}. */
    static String hash(PublicKey key) {
        if (key instanceof ECPublicKey ec) {
            int bits = ec.getParams().getCurve().getField().getFieldSize();
            return bits <= 256 ? "SHA-256" : bits <= 384 ? "SHA-384" : "SHA-512";
        }
        return "SHA-256";
    }

    static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
        return verifies(signatureAlgorithm(key), key, message, signature);
    }

    /** Whether a key made a signature; one that cannot even be read was not made by it. */
    static boolean verifies(String algorithm, PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance(algorithm);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Hashes with an algorithm that every Java platform has. */
    static byte[] hash(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    static byte[] sha256(byte[]... parts) {
        return hash("SHA-256", parts);
    }
}
