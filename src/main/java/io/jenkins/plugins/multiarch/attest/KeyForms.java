package io.jenkins.plugins.multiarch.attest;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** Puts older forms of private keys into PKCS#8 (RFC 5208), which the JDK reads. */
final class KeyForms {
    private static final byte[] RSA = oid(0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01);
    private static final byte[] EC = oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01);
    private static final byte[] NULL = {0x05, 0x00};
    private static final byte[] VERSION = {0x02, 0x01, 0x00};

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int OID = 0x06;
    /** The context tag of the curve in an ECPrivateKey (RFC 5915, section 3). */
    private static final int PARAMETERS = 0xA0;

    private KeyForms() {}

    /** From an RSAPrivateKey (RFC 8017, A.1.2). */
    static byte[] ofPkcs1(byte[] key) {
        return pkcs8(join(RSA, NULL), key);
    }

    /** From an ECPrivateKey (RFC 5915) that names its curve; nothing where it does not. */
    static Optional<byte[]> ofSec1(byte[] key) {
        return curve(key).map(curve -> pkcs8(join(EC, curve), key));
    }

    /** SEQUENCE { version, privateKey OCTET STRING, [0] { curve OID }, … }. */
    private static Optional<byte[]> curve(byte[] key) {
        int at = contentAt(key, 0, SEQUENCE);
        at = next(key, at);
        at = next(key, at);
        int oid = contentAt(key, at, PARAMETERS);
        int end = next(key, oid);
        if (oid < 0 || end < 0 || key[oid] != OID) {
            return Optional.empty();
        }
        return Optional.of(Arrays.copyOfRange(key, oid, end));
    }

    /** Where the content of the value at a place begins; below zero where it is none of this tag. */
    private static int contentAt(byte[] der, int at, int tag) {
        if (at < 0 || at + 2 > der.length || (der[at] & 0xFF) != tag) {
            return -1;
        }
        int length = der[at + 1] & 0xFF;
        return at + 2 + (length < 0x80 ? 0 : length - 0x80);
    }

    /** Where the value behind this one begins; its own length is below 128 bytes, as in a key on a curve. */
    private static int next(byte[] der, int at) {
        if (at < 0 || at + 2 > der.length || der[at + 1] < 0) {
            return -1;
        }
        int end = at + 2 + der[at + 1];
        return end > der.length ? -1 : end;
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return value(SEQUENCE, join(join(VERSION, value(SEQUENCE, algorithm)), value(OCTETS, key)));
    }

    private static byte[] value(int tag, byte[] content) {
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(tag);
        if (content.length < 0x80) {
            der.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int skipped = length[0] == 0 ? 1 : 0;
            der.write(0x80 | (length.length - skipped));
            der.write(length, skipped, length.length - skipped);
        }
        der.writeBytes(content);
        return der.toByteArray();
    }

    private static byte[] oid(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return value(OID, content);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
