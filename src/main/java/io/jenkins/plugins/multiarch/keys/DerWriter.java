package io.jenkins.plugins.multiarch.keys;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Writes the few elements of DER that we send, or must put together again to check a signature over them. */
public final class DerWriter {

    private DerWriter() {}

    public static byte[] sequence(byte[]... parts) {
        return element(Der.SEQUENCE, parts);
    }

    public static byte[] integer(BigInteger value) {
        return element(Der.INTEGER, value.toByteArray());
    }

    public static byte[] octets(byte[] content) {
        return element(Der.OCTET_STRING, content);
    }

    /** A bit string of whole bytes. */
    static byte[] bits(byte[] content) {
        return element(Der.BIT_STRING, new byte[1], content);
    }

    /** NULL, where an algorithm has no parameters. */
    public static byte[] nothing() {
        return element(Der.NULL);
    }

    /** TRUE, which is the only one that DER writes where FALSE is the default. */
    public static byte[] yes() {
        return element(Der.BOOLEAN, new byte[] {(byte) 0xff});
    }

    /** An object identifier of dotted numbers. */
    public static byte[] oid(String dotted) {
        String[] numbers = dotted.split("\\.", -1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        base128(content, Long.parseLong(numbers[0]) * 40 + Long.parseLong(numbers[1]));
        for (int i = 2; i < numbers.length; i++) {
            base128(content, Long.parseLong(numbers[i]));
        }
        return element(Der.OID, content.toByteArray());
    }

    private static void base128(ByteArrayOutputStream target, long value) {
        int shift = 0;
        while (value >>> shift + 7 > 0) {
            shift += 7;
        }
        for (; shift > 0; shift -= 7) {
            target.write((int) (value >>> shift & 0x7f | 0x80));
        }
        target.write((int) (value & 0x7f));
    }

    /** Any element: its tag, and its content in parts. */
    public static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream(length + 6);
        element.write(tag);
        length(element, length);
        for (byte[] part : parts) {
            element.writeBytes(part);
        }
        return element.toByteArray();
    }

    private static void length(ByteArrayOutputStream target, int length) {
        if (length < 0x80) {
            target.write(length);
            return;
        }
        byte[] bytes = BigInteger.valueOf(length).toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        target.write(0x80 | bytes.length - from);
        target.write(bytes, from, bytes.length - from);
    }
}
