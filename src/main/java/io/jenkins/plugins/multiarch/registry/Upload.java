package io.jenkins.plugins.multiarch.registry;

import java.io.ByteArrayInputStream;
import java.util.function.LongConsumer;

/**
 * A request's body: how many bytes, and where they come from as often as they are sent.
 *
 * @param progress told how many bytes of the body have been sent so far
 */
record Upload(Blob.Source source, long length, LongConsumer progress) {
    static final Upload NOTHING = of(new byte[0]);

    static Upload of(byte[] content) {
        return of(content, content.length);
    }

    /** The first bytes of an array, which nobody may change before the answer is there. */
    static Upload of(byte[] content, int length) {
        return new Upload(() -> new ByteArrayInputStream(content, 0, length), length, sent -> {});
    }
}
