package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Content on its way into a registry: its descriptor, and its bytes as often as they are asked for. */
public interface Blob {

    Descriptor descriptor();

    /** The bytes from the first on; asked for again where an upload has to start over. */
    InputStream open() throws IOException, InterruptedException;

    default Digest digest() {
        return descriptor().digest();
    }

    default long size() {
        return descriptor().size();
    }

    /** A blob held in memory. */
    static Blob of(String mediaType, byte[] content) {
        Descriptor descriptor = Descriptor.of(mediaType, content);
        return of(descriptor, () -> new ByteArrayInputStream(content));
    }

    /** A blob in a file whose digest and size are known. */
    static Blob of(Descriptor descriptor, Path file) {
        return of(descriptor, () -> Files.newInputStream(file));
    }

    static Blob of(Descriptor descriptor, Source source) {
        return new Blob() {
            @Override
            public Descriptor descriptor() {
                return descriptor;
            }

            @Override
            public InputStream open() throws IOException, InterruptedException {
                return source.open();
            }
        };
    }

    /** Where a blob's bytes come from. */
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException, InterruptedException;
    }
}
