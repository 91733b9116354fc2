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
        return new Upload(() -> new ByteArrayInputStream(content), content.length, sent -> {});
    }
}
