package io.jenkins.plugins.multiarch.keys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes a key out of a password, slowly and in much memory on purpose (RFC 7914). */
final class Scrypt {
    /** Words of the Salsa20 block. */
    private static final int WORDS = 16;

    private final int cost;
    private final int words;
    private final int parallel;

    /**
     * @param cost N, a power of two
     * @param blockSize r; N · r · 128 bytes of memory are taken
     */
    Scrypt(int cost, int blockSize, int parallel) {
        this.cost = cost;
        this.words = 2 * blockSize * WORDS;
        this.parallel = parallel;
    }

    byte[] derive(byte[] password, byte[] salt, int length) {
        byte[] blocks = pbkdf2(password, salt, parallel * words * Integer.BYTES);
        IntBuffer all = ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        int[] memory = new int[cost * words];
        for (int i = 0; i < parallel; i++) {
            int[] block = new int[words];
            all.get(i * words, block);
            all.put(i * words, mix(block, memory));
        }
        Arrays.fill(memory, 0);
        return pbkdf2(password, blocks, length);
    }

    /** scryptROMix. */
    private int[] mix(int[] start, int[] memory) {
        int[] block = start;
        int[] other = new int[words];
        for (int i = 0; i < 2 * cost; i++) {
            if (i < cost) {
                System.arraycopy(block, 0, memory, i * words, words);
            } else {
                xor(block, memory, (block[words - WORDS] & (cost - 1)) * words);
            }
            mixBlock(block, other);
            int[] mixed = other;
            other = block;
            block = mixed;
        }
        return block;
    }

    /** scryptBlockMix: the even blocks of the result go before the odd ones. */
    private void mixBlock(int[] block, int[] mixed) {
        int[] x = Arrays.copyOfRange(block, words - WORDS, words);
        for (int i = 0; i < words / WORDS; i++) {
            xor(x, block, i * WORDS);
            Salsa20.mix(x, 8);
            System.arraycopy(x, 0, mixed, (i / 2 + (i % 2) * (words / WORDS / 2)) * WORDS, WORDS);
        }
    }

    private static void xor(int[] target, int[] with, int from) {
        for (int i = 0; i < target.length; i++) {
            target[i] ^= with[from + i];
        }
    }

    /** PBKDF2 of one round with HMAC-SHA-256; the JDK's own takes characters, and a password is bytes here. */
    private static byte[] pbkdf2(byte[] password, byte[] salt, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, "HmacSHA256"));
            ByteBuffer out = ByteBuffer.allocate(length);
            for (int block = 1; out.hasRemaining(); block++) {
                mac.update(salt);
                byte[] hash = mac.doFinal(
                        ByteBuffer.allocate(Integer.BYTES).putInt(block).array());
                out.put(hash, 0, Math.min(hash.length, out.remaining()));
            }
            return out.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
