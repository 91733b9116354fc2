package io.jenkins.plugins.multiarch.build;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Where the bytes of a file come from. Equal contents have the same bytes, so that layers of them are built once. */
sealed interface Content {

    /** What folders and links have. */
    Content NONE = new Text("");

    InputStream open() throws IOException, InterruptedException;

    /** A file on this machine; never what a link in its place leads to. */
    record LocalFile(Path path) implements Content {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** A text of the Dockerfile. */
    record Text(String text) implements Content {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A part of an archive. Hard links are equal, as they are the same part. */
    record Archived(Archive archive, long offset, long size) implements Content {
        @Override
        public InputStream open() throws IOException, InterruptedException {
            return archive.open(offset, size);
        }
    }
}
