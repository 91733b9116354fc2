package io.jenkins.plugins.multiarch.build;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes written bit by bit from the lowest on (RFC 1951, section 3.1.1). */
final class BitOutput {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The longest code of a length or literal with that of a distance, in whole bytes. */
    private static final int MAX_TOKEN = 6;

    private byte[] bytes;
    private int length;
    private long pending;
    private int pendingBits;

    /** @param expected how many bytes there will be, about */
    BitOutput(int expected) {
        this.bytes = new byte[expected];
    }

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

    /** For so many tokens in a row, of at most 48 bits each; nothing else may be written before it ends. */
    Run run(int tokens) {
        reserve(tokens * MAX_TOKEN + 16);
        while (pendingBits >= 8) {
            bytes[length++] = (byte) pending;
            pending >>>= 8;
            pendingBits -= 8;
        }
        return new Run();
    }

    /** Writes eight bytes at a time, over those that are not whole yet. */
    final class Run {
        private final byte[] target = bytes;
        private int at = length;
        private long open = pending;
        private int openBits = pendingBits;

        void add(long value, int count) {
            open |= value << openBits;
            openBits += count;
            LONGS.set(target, at, open);
            at += openBits >>> 3;
            open >>>= openBits & ~7;
            openBits &= 7;
        }

        void end() {
            length = at;
            pending = open;
            pendingBits = openBits;
        }
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
