package io.jenkins.plugins.multiarch.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerStoreTest {
    private static final byte[] CONTENT = {1, 2, 3, 4, 5, 6, 7};

    @TempDir
    Path folder;

    private LayerStore filled(AtomicLong memory) throws IOException {
        try (LayerStore store = new LayerStore(folder, memory)) {
            store.add(new byte[] {1, 2});
            store.add(new byte[] {3, 4, 5});
            store.add(new byte[] {6, 7});
            return store;
        }
    }

    private static byte[] content(LayerStore store) throws IOException {
        try (InputStream in = store.open()) {
            return in.readAllBytes();
        }
    }

    @Test
    void keepsASmallLayerInMemory() throws IOException {
        AtomicLong memory = new AtomicLong(10);

        LayerStore store = filled(memory);

        assertThat(content(store)).isEqualTo(CONTENT);
        assertThat(content(store)).as("opened again").isEqualTo(CONTENT);
        assertThat(folder).isEmptyDirectory();
        assertThat(memory).hasValue(3);
    }

    @Test
    void movesALayerToAFileOnceItIsLargerThanWhatIsLeft() throws IOException {
        AtomicLong memory = new AtomicLong(6);

        LayerStore store = filled(memory);

        assertThat(content(store)).isEqualTo(CONTENT);
        assertThat(content(store)).as("opened again").isEqualTo(CONTENT);
        assertThat(folder).isDirectoryContaining(file -> file.toString().endsWith(".tar.gz"));
        assertThat(memory).as("given back").hasValue(6);
    }

    @Test
    void describesWhatItHoldsWhereverThatIs() throws IOException {
        LayerStore held = filled(new AtomicLong(10));
        LayerStore written = filled(new AtomicLong(0));

        assertThat(held.descriptor().digest()).isEqualTo(Digest.sha256(CONTENT));
        assertThat(held.descriptor().size()).isEqualTo(7);
        assertThat(written.descriptor().digest()).isEqualTo(Digest.sha256(CONTENT));
    }
}
