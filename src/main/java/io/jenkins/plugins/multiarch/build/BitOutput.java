package io.jenkins.plugins.multiarch.build;

import java.util.Arrays;

/** Bytes written bit by bit from the lowest on (RFC 1951, section 3.1.1). */
final class BitOutput {
    private byte[] bytes = new byte[1 << 16];
    private int length;
    private long pending;
    private int pendingBits;

    /** Writes up to 32 bits. */
    void bits(int value, int count) {
        pending |= (value & 0xFFFFFFFFL) << pendingBits;
        pendingBits += count;
        if (pendingBits >= 32) {
            reserve(4);
            bytes[length] = (byte) pending;
            bytes[length + 1] = (byte) (pending >>> 8);
            bytes[length + 2] = (byte) (pending >>> 16);
            bytes[length + 3] = (byte) (pending >>> 24);
            length += 4;
            pending >>>= 32;
            pendingBits -= 32;
        }
    }

    /** Fills the byte that is begun with zeros. */
    void align() {
        reserve(8);
        while (pendingBits > 0) {
            bytes[length++] = (byte) pending;
            pending >>>= 8;
            pendingBits -= 8;
        }
        pending = 0;
        pendingBits = 0;
    }

    /** Writes whole bytes; only after {@link #align}. */
    void bytes(byte[] source, int from, int count) {
        reserve(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    private void reserve(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
