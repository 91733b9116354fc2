package io.jenkins.plugins.multiarch.registry.fake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A blob's content, small in memory, large in a file. */
sealed interface StoredBlob {

    long size();

    /** The content from a byte on. */
    InputStream open(long from) throws IOException;

    record InMemory(byte[] content) implements StoredBlob {
        @Override
        public long size() {
            return content.length;
        }

        @Override
        public InputStream open(long from) {
            return new ByteArrayInputStream(content, (int) from, (int) (content.length - from));
        }
    }

    record InFile(Path file, long size) implements StoredBlob {
        @Override
        public InputStream open(long from) throws IOException {
            InputStream in = Files.newInputStream(file);
            in.skipNBytes(from);
            return in;
        }
    }
}
