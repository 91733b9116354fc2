package io.jenkins.plugins.multiarch.build;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Compresses by DEFLATE (RFC 1951) with the same result on every machine, which the JDK's does not promise: its bytes
 * depend on the zlib that the JDK was built with or finds on the system.
 *
 * <p>What it writes is part of every layer's digest. A change here changes the digest of all images.
 */
final class Deflate {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WINDOW = 1 << 15;
    private static final int HASH_BITS = 15;
    private static final int MIN_MATCH = 4;
    private static final int MAX_MATCH = 258;
    private static final int MAX_CHAIN = 4;
    private static final int GOOD_MATCH = 32;
    private static final int BLOCK_TOKENS = 1 << 15;

    /** What a chunk that nothing compresses grows by, in bytes, and a bit more. */
    private static final int SPARE = 1 << 10;

    private final int[] heads = new int[1 << HASH_BITS];
    private final int[] previous = new int[WINDOW];
    private final DeflateBlock block = new DeflateBlock(BLOCK_TOKENS);

    /**
     * Compresses a part of a stream, independent of the parts before it, so that they can be compressed at the same time.
     * It ends at a whole byte and without the mark of the last part.
     */
    byte[] compress(byte[] input, int length) {
        Arrays.fill(heads, -1);
        BitOutput out = new BitOutput(length + SPARE);
        int blockStart = 0;
        int at = 0;
        int misses = 0;
        while (at < length) {
            int match = at + MIN_MATCH <= length ? match(input, at, length) : 0;
            if (match == 0) {
                int run = Math.min(1 + (misses++ >> 5), length - at);
                for (int end = at + run; at < end; at++) {
                    block.literal(input[at] & 0xFF);
                }
            } else {
                misses = 0;
                int matched = match >>> 16;
                block.match(matched, match & 0xFFFF);
                insertInside(input, at + 1, Math.min(at + matched, length - MIN_MATCH));
                at += matched;
            }
            if (block.isFull()) {
                block.write(out, input, blockStart, at - blockStart);
                blockStart = at;
            }
        }
        block.write(out, input, blockStart, at - blockStart);
        DeflateBlock.writeStored(out, input, 0, 0);
        return out.toBytes();
    }

    private static int hash(int four) {
        return four * 0x9E3779B1 >>> 32 - HASH_BITS;
    }

    /** The longest earlier text that goes on as it does here: length in the upper, distance in the lower 16 bits. */
    private int match(byte[] input, int at, int length) {
        int four = (int) INTS.get(input, at);
        int hash = hash(four);
        int candidate = heads[hash];
        heads[hash] = at;
        previous[at & WINDOW - 1] = candidate;
        int best = 0;
        int distance = 0;
        int limit = Math.min(MAX_MATCH, length - at);
        for (int tries = 0; candidate >= 0 && at - candidate < WINDOW && tries < MAX_CHAIN; tries++) {
            if ((int) INTS.get(input, candidate) == four
                    && (best == 0 || best < limit && input[candidate + best] == input[at + best])) {
                int matched = matched(input, candidate, at, limit);
                if (matched > best) {
                    best = matched;
                    distance = at - candidate;
                    if (best >= GOOD_MATCH) {
                        break;
                    }
                }
            }
            int older = previous[candidate & WINDOW - 1];
            candidate = older < candidate ? older : -1;
        }
        return best < MIN_MATCH ? 0 : best << 16 | distance;
    }

    /** How many bytes are equal from both places on; the first {@value #MIN_MATCH} are known to be. */
    private static int matched(byte[] input, int candidate, int at, int limit) {
        int matched = MIN_MATCH;
        while (matched + 8 <= limit) {
            long difference = (long) LONGS.get(input, candidate + matched) ^ (long) LONGS.get(input, at + matched);
            if (difference != 0) {
                return matched + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
            matched += 8;
        }
        while (matched < limit && input[candidate + matched] == input[at + matched]) {
            matched++;
        }
        return matched;
    }

    /** Remembers what a match has covered; of long ones every fourth place, which costs little in size. */
    private void insertInside(byte[] input, int from, int to) {
        int step = to - from > 16 ? 4 : 1;
        for (int i = from; i < to; i += step) {
            int hash = hash((int) INTS.get(input, i));
            previous[i & WINDOW - 1] = heads[hash];
            heads[hash] = i;
        }
    }
}
