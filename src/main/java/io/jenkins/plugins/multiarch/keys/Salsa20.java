package io.jenkins.plugins.multiarch.keys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The cipher that cosign's key files are encrypted with, and that scrypt mixes with (D. J. Bernstein, "Salsa20"). */
final class Salsa20 {
    static final int BLOCK = 64;

    /** "expand 32-byte k", the constants of a key of 32 bytes. */
    private static final int[] SIGMA = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
    /** The words that a double round reads and writes, four by four: columns, then rows. */
    private static final int[][] QUARTERS = {
        {0, 4, 8, 12},
        {5, 9, 13, 1},
        {10, 14, 2, 6},
        {15, 3, 7, 11},
        {0, 1, 2, 3},
        {5, 6, 7, 4},
        {10, 11, 8, 9},
        {15, 12, 13, 14}
    };

    private Salsa20() {}

    /** Mixes sixteen words in place, without the addition at the end. */
    static void rounds(int[] x, int rounds) {
        for (int i = 0; i < rounds; i += 2) {
            for (int[] q : QUARTERS) {
                x[q[1]] ^= Integer.rotateLeft(x[q[0]] + x[q[3]], 7);
                x[q[2]] ^= Integer.rotateLeft(x[q[1]] + x[q[0]], 9);
                x[q[3]] ^= Integer.rotateLeft(x[q[2]] + x[q[1]], 13);
                x[q[0]] ^= Integer.rotateLeft(x[q[3]] + x[q[2]], 18);
            }
        }
    }

    /** The key stream of XSalsa20: {@code blocks} blocks under a key of 32 bytes and a nonce of 24. */
    static byte[] stream(byte[] key, byte[] nonce, int blocks) {
        int[] subkey = subkey(words(key), words(Arrays.copyOf(nonce, 16)));
        int[] rest = words(Arrays.copyOfRange(nonce, 16, 24));
        ByteBuffer stream = ByteBuffer.allocate(blocks * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        for (int block = 0; block < blocks; block++) {
            int[] input = state(subkey, new int[] {rest[0], rest[1], block, 0});
            int[] mixed = input.clone();
            rounds(mixed, 20);
            for (int i = 0; i < 16; i++) {
                stream.putInt(mixed[i] + input[i]);
            }
        }
        return stream.array();
    }

    /** HSalsa20. */
    private static int[] subkey(int[] key, int[] nonce) {
        int[] x = state(key, nonce);
        rounds(x, 20);
        return new int[] {x[0], x[5], x[10], x[15], x[6], x[7], x[8], x[9]};
    }

    private static int[] state(int[] key, int[] middle) {
        return new int[] {
            SIGMA[0], key[0], key[1], key[2], key[3], SIGMA[1], middle[0], middle[1], middle[2], middle[3], SIGMA[2],
            key[4], key[5], key[6], key[7], SIGMA[3]
        };
    }

    private static int[] words(byte[] bytes) {
        int[] words = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        return words;
    }
}
