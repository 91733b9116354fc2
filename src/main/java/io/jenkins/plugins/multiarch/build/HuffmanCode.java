package io.jenkins.plugins.multiarch.build;

import java.util.Arrays;

/** A canonical prefix code of limited length for symbols of known frequency (RFC 1951, section 3.2.2). */
final class HuffmanCode {
    final int[] lengths;
    final int[] codes;

    private HuffmanCode(int[] lengths) {
        this.lengths = lengths;
        this.codes = codes(lengths);
    }

    /** At least two symbols get a code, as some decoders want it. */
    static HuffmanCode of(int[] frequencies, int longest) {
        int[] counts = frequencies.clone();
        for (int symbol = 0; used(counts) < 2; symbol++) {
            counts[symbol] = Math.max(counts[symbol], 1);
        }
        int[] lengths = lengths(counts);
        while (Arrays.stream(lengths).max().getAsInt() > longest) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] = counts[i] == 0 ? 0 : counts[i] / 2 + 1;
            }
            lengths = lengths(counts);
        }
        return new HuffmanCode(lengths);
    }

    /** The code whose lengths are given, as the fixed ones of the format are. */
    static HuffmanCode ofLengths(int[] lengths) {
        return new HuffmanCode(lengths);
    }

    private static int used(int[] counts) {
        return (int) Arrays.stream(counts).filter(count -> count > 0).count();
    }

    /**
     * Joins the two lightest trees until one is left: leaves sorted by weight in one queue, joined trees, which come in the
     * order of their weight, in another.
     */
    private static int[] lengths(int[] counts) {
        long[] leaves = new long[used(counts)];
        for (int symbol = 0, i = 0; symbol < counts.length; symbol++) {
            if (counts[symbol] > 0) {
                leaves[i++] = (long) counts[symbol] << 16 | symbol;
            }
        }
        Arrays.sort(leaves);
        int count = leaves.length;
        long[] weights = new long[2 * count - 1];
        int[] parents = new int[2 * count - 1];
        for (int i = 0; i < count; i++) {
            weights[i] = leaves[i] >>> 16;
        }
        int leaf = 0;
        int joined = count;
        for (int next = count; next < 2 * count - 1; next++) {
            for (int child = 0; child < 2; child++) {
                boolean takeLeaf = leaf < count && (joined >= next || weights[leaf] <= weights[joined]);
                int taken = takeLeaf ? leaf++ : joined++;
                weights[next] += weights[taken];
                parents[taken] = next;
            }
        }
        int[] depths = new int[2 * count - 1];
        int[] lengths = new int[counts.length];
        for (int i = 2 * count - 3; i >= 0; i--) {
            depths[i] = depths[parents[i]] + 1;
            if (i < count) {
                lengths[(int) (leaves[i] & 0xFFFF)] = depths[i];
            }
        }
        return lengths;
    }

    /** Codes in the order of their lengths, bits reversed, as they are written from the lowest bit on. */
    private static int[] codes(int[] lengths) {
        int[] next = new int[17];
        for (int length : lengths) {
            next[length + 1] += length == 0 ? 0 : 1;
        }
        for (int length = 2, code = 0; length <= 16; length++) {
            code = code + next[length] << 1;
            next[length] = code;
        }
        next[1] = 0;
        int[] codes = new int[lengths.length];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                codes[symbol] = Integer.reverse(next[length]++) >>> 32 - length;
            }
        }
        return codes;
    }
}
