package io.jenkins.plugins.multiarch.build;

import java.util.Arrays;

/** The literals and matches of one DEFLATE block, written with a code made for them (RFC 1951, sections 3.2.3 to 3.2.7). */
final class DeflateBlock {
    private static final int END = 256;
    private static final int MAX_STORED = 0xFFFF;
    private static final int STORED = 0;
    private static final int DYNAMIC = 2;
    private static final int[] LENGTH_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    private static final int[] LENGTH_BASES = new int[29];
    private static final int[] LENGTH_EXTRA = new int[29];
    private static final byte[] LENGTH_SYMBOLS = new byte[259];
    private static final int[] DISTANCE_BASES = new int[30];
    private static final int[] DISTANCE_EXTRA = new int[30];
    private static final byte[] DISTANCE_SYMBOLS = new byte[512];

    static {
        for (int i = 0, base = 3; i < 28; i++) {
            LENGTH_EXTRA[i] = i < 8 ? 0 : i / 4 - 1;
            LENGTH_BASES[i] = base;
            int next = base + (1 << LENGTH_EXTRA[i]);
            Arrays.fill(LENGTH_SYMBOLS, base, Math.min(next, 259), (byte) i);
            base = next;
        }
        LENGTH_BASES[28] = 258;
        LENGTH_SYMBOLS[258] = 28;
        for (int i = 0, base = 1; i < 30; i++) {
            DISTANCE_EXTRA[i] = i < 4 ? 0 : i / 2 - 1;
            DISTANCE_BASES[i] = base;
            int next = base + (1 << DISTANCE_EXTRA[i]);
            for (int distance = base; distance < next; distance++) {
                DISTANCE_SYMBOLS[slot(distance)] = (byte) i;
            }
            base = next;
        }
    }

    private final int[] tokens;
    private final int[] literals = new int[286];
    private final int[] distances = new int[30];
    private int count;

    DeflateBlock(int capacity) {
        this.tokens = new int[capacity + 512];
        this.literals[END] = 1;
    }

    private static int slot(int distance) {
        return distance <= 256 ? distance - 1 : 256 + (distance - 1 >>> 7);
    }

    void literal(int value) {
        tokens[count++] = value;
        literals[value]++;
    }

    void match(int length, int distance) {
        tokens[count++] = length << 16 | distance;
        literals[257 + LENGTH_SYMBOLS[length]]++;
        distances[DISTANCE_SYMBOLS[slot(distance)]]++;
    }

    boolean isFull() {
        return count >= tokens.length - 512;
    }

    /** Writes the block, or the bytes it stands for where that is shorter, and begins a new one. */
    void write(BitOutput out, byte[] input, int from, int length) {
        HuffmanCode literalCode = HuffmanCode.of(literals, 15);
        HuffmanCode distanceCode = HuffmanCode.of(distances, 15);
        long bits = cost(literals, literalCode, 257, LENGTH_EXTRA) + cost(distances, distanceCode, 0, DISTANCE_EXTRA);
        if (bits / 8 + 80 >= length) {
            for (int at = from; at < from + length; at += MAX_STORED) {
                writeStored(out, input, at, Math.min(MAX_STORED, from + length - at));
            }
        } else {
            out.bits(DYNAMIC << 1, 3);
            writeCodes(out, literalCode.lengths, distanceCode.lengths);
            writeTokens(out, literalCode, distanceCode);
        }
        count = 0;
        Arrays.fill(literals, 0);
        Arrays.fill(distances, 0);
        literals[END] = 1;
    }

    private static long cost(int[] frequencies, HuffmanCode code, int extraFrom, int[] extra) {
        long bits = 0;
        for (int i = 0; i < frequencies.length; i++) {
            bits += (long) frequencies[i] * (code.lengths[i] + (i < extraFrom ? 0 : extra[i - extraFrom]));
        }
        return bits;
    }

    /** A block of bytes as they are, at most 65535. */
    static void writeStored(BitOutput out, byte[] input, int from, int length) {
        out.bits(STORED << 1, 3);
        out.align();
        out.bits(length | ~length << 16, 32);
        out.align();
        out.bytes(input, from, length);
    }

    private void writeTokens(BitOutput out, HuffmanCode literalCode, HuffmanCode distanceCode) {
        long[] lengthBits = new long[259];
        for (int length = 3; length < lengthBits.length; length++) {
            int symbol = LENGTH_SYMBOLS[length];
            int bits = literalCode.lengths[257 + symbol];
            long value = literalCode.codes[257 + symbol] | (long) length - LENGTH_BASES[symbol] << bits;
            lengthBits[length] = value << 8 | bits + LENGTH_EXTRA[symbol];
        }
        BitOutput.Run run = out.run(count);
        for (int i = 0; i < count; i++) {
            int token = tokens[i];
            int length = token >>> 16;
            if (length == 0) {
                run.add(literalCode.codes[token], literalCode.lengths[token]);
            } else {
                long start = lengthBits[length];
                int bits = (int) start & 0xFF;
                int distance = token & 0xFFFF;
                int far = DISTANCE_SYMBOLS[slot(distance)];
                long value = start >>> 8 | (long) distanceCode.codes[far] << bits;
                bits += distanceCode.lengths[far];
                run.add(value | (long) distance - DISTANCE_BASES[far] << bits, bits + DISTANCE_EXTRA[far]);
            }
        }
        run.end();
        out.bits(literalCode.codes[END], literalCode.lengths[END]);
    }

    /** The lengths of both codes, themselves in a code; runs of zeros are written short. */
    private static void writeCodes(BitOutput out, int[] literals, int[] distances) {
        int[] lengths = Arrays.copyOf(literals, literals.length + distances.length);
        System.arraycopy(distances, 0, lengths, literals.length, distances.length);
        int[] symbols = new int[lengths.length];
        int[] runs = new int[lengths.length];
        int[] frequencies = new int[19];
        int written = 0;
        for (int i = 0; i < lengths.length; written++) {
            int run = 1;
            while (lengths[i] == 0 && run < 138 && i + run < lengths.length && lengths[i + run] == 0) {
                run++;
            }
            boolean shortened = lengths[i] == 0 && run >= 3;
            symbols[written] = shortened ? run <= 10 ? 17 : 18 : lengths[i];
            runs[written] = shortened ? run : 1;
            frequencies[symbols[written]]++;
            i += runs[written];
        }
        HuffmanCode code = HuffmanCode.of(frequencies, 7);
        out.bits(literals.length - 257, 5);
        out.bits(distances.length - 1, 5);
        out.bits(LENGTH_ORDER.length - 4, 4);
        for (int symbol : LENGTH_ORDER) {
            out.bits(code.lengths[symbol], 3);
        }
        for (int i = 0; i < written; i++) {
            out.bits(code.codes[symbols[i]], code.lengths[symbols[i]]);
            if (symbols[i] >= 17) {
                out.bits(runs[i] - (symbols[i] == 17 ? 3 : 11), symbols[i] == 17 ? 3 : 7);
            }
        }
    }
}
