package io.jenkins.plugins.multiarch.layout;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Archives of files whose bytes are zero. */
final class SampleTar {
    private SampleTar() {}

    static byte[] written(TarEntry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes)) {
            for (TarEntry entry : entries) {
                tar.put(entry, new ByteArrayInputStream(new byte[(int) entry.size()]));
            }
        }
        return bytes.toByteArray();
    }

    static List<TarEntry> read(byte[] archive) throws IOException {
        List<TarEntry> entries = new ArrayList<>();
        try (TarReader tar = new TarReader(new ByteArrayInputStream(archive), "The archive")) {
            Optional<TarEntry> next = tar.next();
            while (next.isPresent()) {
                entries.add(next.get());
                next = tar.next();
            }
        }
        return entries;
    }
}
