package io.jenkins.plugins.multiarch.keys;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.util.Map;

/** Which kind of key stands in an encoded one (RFC 5280, 4.1.1.2; RFC 3279, 2.3; RFC 8410). */
final class AlgorithmIdentifier {
    private static final String EC = "1.2.840.10045.2.1";
    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final Map<String, String> NAMES = Map.of(EC, "EC", RSA, "RSA", "1.3.101.112", "Ed25519");

    private AlgorithmIdentifier() {}

    /** @throws Unaccepted for other kinds than EC, RSA and Ed25519 */
    static KeyFactory keyFactory(Der identifier) {
        String oid = identifier.child(0).oid();
        String name = NAMES.get(oid);
        if (name == null) {
            throw new Unaccepted("it has a key of the unknown algorithm " + oid);
        }
        try {
            return KeyFactory.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }

    static byte[] rsa() {
        return DerWriter.sequence(DerWriter.oid(RSA), DerWriter.nothing());
    }

    /** @param curve its object identifier, encoded */
    static byte[] ec(byte[] curve) {
        return DerWriter.sequence(DerWriter.oid(EC), curve);
    }
}
