package io.jenkins.plugins.multiarch.keys;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** Opens what NaCl's {@code secretbox} closed: XSalsa20 and Poly1305. Meant for the few bytes of a key. */
final class SecretBox {
    private static final int TAG = 16;
    private static final BigInteger PRIME = BigInteger.TWO.pow(130).subtract(BigInteger.valueOf(5));
    private static final BigInteger CLAMP = new BigInteger("0ffffffc0ffffffc0ffffffc0fffffff", 16);

    private SecretBox() {}

    /** The content; nothing where the key is another one or the box was changed. */
    static Optional<byte[]> open(byte[] key, byte[] nonce, byte[] box) {
        if (box.length < TAG) {
            return Optional.empty();
        }
        byte[] sealed = Arrays.copyOfRange(box, TAG, box.length);
        byte[] stream = Salsa20.stream(key, nonce, (sealed.length + 32) / Salsa20.BLOCK + 1);
        byte[] tag = poly1305(Arrays.copyOf(stream, 32), sealed);
        if (!MessageDigest.isEqual(tag, Arrays.copyOf(box, TAG))) {
            return Optional.empty();
        }
        for (int i = 0; i < sealed.length; i++) {
            sealed[i] ^= stream[32 + i];
        }
        return Optional.of(sealed);
    }

    private static byte[] poly1305(byte[] key, byte[] message) {
        BigInteger r = number(key, 0, 16).and(CLAMP);
        BigInteger sum = BigInteger.ZERO;
        for (int at = 0; at < message.length; at += 16) {
            int end = Math.min(message.length, at + 16);
            BigInteger block = number(message, at, end).setBit((end - at) * 8);
            sum = sum.add(block).multiply(r).mod(PRIME);
        }
        return littleEndian(sum.add(number(key, 16, 32)));
    }

    private static BigInteger number(byte[] bytes, int from, int to) {
        byte[] big = new byte[to - from];
        for (int i = 0; i < big.length; i++) {
            big[i] = bytes[to - 1 - i];
        }
        return new BigInteger(1, big);
    }

    private static byte[] littleEndian(BigInteger number) {
        byte[] tag = new byte[TAG];
        byte[] big = number.toByteArray();
        for (int i = 0; i < Math.min(TAG, big.length); i++) {
            tag[i] = big[big.length - 1 - i];
        }
        return tag;
    }
}
