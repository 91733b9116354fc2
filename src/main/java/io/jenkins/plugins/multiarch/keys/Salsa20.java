package io.jenkins.plugins.multiarch.keys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The cipher that cosign's key files are encrypted with, and that scrypt mixes with (D. J. Bernstein, "Salsa20"). */
final class Salsa20 {
    static final int BLOCK = 64;

    /** "expand 32-byte k", the constants of a key of 32 bytes. */
    private static final int[] SIGMA = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

    private Salsa20() {}

    /**
     * Adds to sixteen words what the rounds make of them. Local variables, written out, so that they stay in registers:
     * scrypt spends nearly all of its time here.
     */
    static void mix(int[] x, int rounds) {
        int x0 = x[0];
        int x1 = x[1];
        int x2 = x[2];
        int x3 = x[3];
        int x4 = x[4];
        int x5 = x[5];
        int x6 = x[6];
        int x7 = x[7];
        int x8 = x[8];
        int x9 = x[9];
        int x10 = x[10];
        int x11 = x[11];
        int x12 = x[12];
        int x13 = x[13];
        int x14 = x[14];
        int x15 = x[15];
        for (int i = 0; i < rounds; i += 2) {
            x4 ^= Integer.rotateLeft(x0 + x12, 7);
            x8 ^= Integer.rotateLeft(x4 + x0, 9);
            x12 ^= Integer.rotateLeft(x8 + x4, 13);
            x0 ^= Integer.rotateLeft(x12 + x8, 18);
            x9 ^= Integer.rotateLeft(x5 + x1, 7);
            x13 ^= Integer.rotateLeft(x9 + x5, 9);
            x1 ^= Integer.rotateLeft(x13 + x9, 13);
            x5 ^= Integer.rotateLeft(x1 + x13, 18);
            x14 ^= Integer.rotateLeft(x10 + x6, 7);
            x2 ^= Integer.rotateLeft(x14 + x10, 9);
            x6 ^= Integer.rotateLeft(x2 + x14, 13);
            x10 ^= Integer.rotateLeft(x6 + x2, 18);
            x3 ^= Integer.rotateLeft(x15 + x11, 7);
            x7 ^= Integer.rotateLeft(x3 + x15, 9);
            x11 ^= Integer.rotateLeft(x7 + x3, 13);
            x15 ^= Integer.rotateLeft(x11 + x7, 18);
            x1 ^= Integer.rotateLeft(x0 + x3, 7);
            x2 ^= Integer.rotateLeft(x1 + x0, 9);
            x3 ^= Integer.rotateLeft(x2 + x1, 13);
            x0 ^= Integer.rotateLeft(x3 + x2, 18);
            x6 ^= Integer.rotateLeft(x5 + x4, 7);
            x7 ^= Integer.rotateLeft(x6 + x5, 9);
            x4 ^= Integer.rotateLeft(x7 + x6, 13);
            x5 ^= Integer.rotateLeft(x4 + x7, 18);
            x11 ^= Integer.rotateLeft(x10 + x9, 7);
            x8 ^= Integer.rotateLeft(x11 + x10, 9);
            x9 ^= Integer.rotateLeft(x8 + x11, 13);
            x10 ^= Integer.rotateLeft(x9 + x8, 18);
            x12 ^= Integer.rotateLeft(x15 + x14, 7);
            x13 ^= Integer.rotateLeft(x12 + x15, 9);
            x14 ^= Integer.rotateLeft(x13 + x12, 13);
            x15 ^= Integer.rotateLeft(x14 + x13, 18);
        }
        x[0] += x0;
        x[1] += x1;
        x[2] += x2;
        x[3] += x3;
        x[4] += x4;
        x[5] += x5;
        x[6] += x6;
        x[7] += x7;
        x[8] += x8;
        x[9] += x9;
        x[10] += x10;
        x[11] += x11;
        x[12] += x12;
        x[13] += x13;
        x[14] += x14;
        x[15] += x15;
    }

    /** The key stream of XSalsa20: {@code blocks} blocks under a key of 32 bytes and a nonce of 24. */
    static byte[] stream(byte[] key, byte[] nonce, int blocks) {
        int[] subkey = subkey(words(key), words(Arrays.copyOf(nonce, 16)));
        int[] rest = words(Arrays.copyOfRange(nonce, 16, 24));
        ByteBuffer stream = ByteBuffer.allocate(blocks * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        for (int block = 0; block < blocks; block++) {
            int[] words = state(subkey, new int[] {rest[0], rest[1], block, 0});
            mix(words, 20);
            for (int word : words) {
                stream.putInt(word);
            }
        }
        return stream.array();
    }

    /** HSalsa20: some of the words that the rounds make, without what they were made of. */
    private static int[] subkey(int[] key, int[] nonce) {
        int[] before = state(key, nonce);
        int[] x = before.clone();
        mix(x, 20);
        return IntStream.of(0, 5, 10, 15, 6, 7, 8, 9).map(i -> x[i] - before[i]).toArray();
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
