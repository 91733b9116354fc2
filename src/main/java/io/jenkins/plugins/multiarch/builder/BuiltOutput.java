package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What a builder left: one image of one platform, looked at. */
public final class BuiltOutput implements Closeable {

    private BuiltOutput() {}

    /**
     * Opens what lies in the private folder.
     *
     * @throws ReleaseException if it is no image, several, or one of another platform than asked for
     */
    public static BuiltOutput read(Path folder, BuildPlan plan) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** What {@code publishIndex} takes: the image's digest, or that of the image together with its attestations. */
    public Digest digest() {
        throw new UnsupportedOperationException();
    }

    /** The image's manifest, with its platform. */
    public Descriptor image() {
        throw new UnsupportedOperationException();
    }

    /** The attestations that BuildKit made about the image. */
    public List<Descriptor> attestations() {
        throw new UnsupportedOperationException();
    }

    /** Pushes it by digest, without a tag. What stands already is left alone. */
    public void push(Registry registry, Repository target, Consumer<String> log)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Writes it as an OCI archive, whose bytes are the same for the same image. */
    public void writeArchive(Path file) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException();
    }
}
