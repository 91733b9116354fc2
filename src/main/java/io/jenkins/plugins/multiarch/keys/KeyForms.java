package io.jenkins.plugins.multiarch.keys;

import java.math.BigInteger;
import java.util.Optional;

/** Puts older forms of keys into those that the JDK reads: PKCS#8 (RFC 5208) and SubjectPublicKeyInfo (RFC 5280). */
final class KeyForms {
    /** The context tag of the curve in an ECPrivateKey (RFC 5915, section 3). */
    private static final int PARAMETERS = 0xa0;

    private KeyForms() {}

    /** PKCS#8 of an RSAPrivateKey (RFC 8017, A.1.2). */
    static byte[] ofPkcs1(byte[] key) {
        return pkcs8(AlgorithmIdentifier.rsa(), key);
    }

    /** PKCS#8 of an ECPrivateKey (RFC 5915) that names its curve; nothing where it does not. */
    static Optional<byte[]> ofSec1(byte[] key) {
        try {
            Der parameters = Der.parse(key).expect(Der.SEQUENCE).child(2).expect(PARAMETERS);
            byte[] curve = parameters.child(0).expect(Der.OID).encoded();
            return Optional.of(pkcs8(AlgorithmIdentifier.ec(curve), key));
        } catch (Unaccepted e) {
            return Optional.empty();
        }
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return DerWriter.sequence(DerWriter.integer(BigInteger.ZERO), algorithm, DerWriter.octets(key));
    }

    /** SubjectPublicKeyInfo of an RSAPublicKey (RFC 8017, A.1.1). */
    static byte[] ofPublicPkcs1(byte[] key) {
        return DerWriter.sequence(AlgorithmIdentifier.rsa(), DerWriter.bits(key));
    }
}
