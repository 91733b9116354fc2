package io.jenkins.plugins.multiarch.layout;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;

/** Images that lie in files, for reading. May be used from several threads. */
public interface ImageStore extends Closeable {
    /** The name of an image inside a layout, for example {@code 1.4} (OCI image-spec 1.1, "Annotations"). */
    String NAME = "org.opencontainers.image.ref.name";

    /** The largest manifest, index or configuration that is read, in bytes. */
    int MAX_DOCUMENT = 8 << 20;

    /** The images it holds, in its order, each with its {@linkplain #NAME names} where it has any. */
    List<Descriptor> images();

    /**
     * A manifest it holds, at whatever depth.
     *
     * @throws ReleaseException if it is not there, or its bytes have another digest
     */
    Manifest manifest(Descriptor descriptor) throws IOException;

    /**
     * The content of a blob. The stream ends with a {@link ReleaseException} instead of its last byte where the content
     * has another digest or size than described.
     *
     * @throws ReleaseException if it is not there
     */
    InputStream open(Descriptor blob) throws IOException;

    /** Whether it holds this blob or manifest. */
    boolean has(Digest digest);

    /** Where it lies, for messages. */
    @Override
    String toString();

    /**
     * The image of this name, or the only one where the name is empty.
     *
     * @throws ReleaseException naming those it has
     */
    default Descriptor image(String name) {
        List<Descriptor> found =
                images().stream().filter(image -> isNamed(image, name)).toList();
        if (found.stream().map(Descriptor::digest).distinct().count() == 1) {
            return found.get(0);
        }
        String names = images().stream()
                .map(image ->
                        image.annotations().getOrDefault(NAME, image.digest().toString()))
                .map(Shown::of)
                .limit(20)
                .collect(Collectors.joining(", "));
        if (found.isEmpty() && !name.isEmpty()) {
            throw new ReleaseException(
                    this + " holds no image named '" + Shown.of(name) + "'.", "Name one of: " + names + ".");
        }
        throw new ReleaseException(
                this + " holds " + (images().isEmpty() ? "no image" : "several images") + ".",
                images().isEmpty() ? "Write one into it first." : "Name one of: " + names + ".");
    }

    private static boolean isNamed(Descriptor image, String name) {
        return name.isEmpty()
                || name.equals(image.annotations().get(NAME))
                || name.equals(image.annotations().get("io.containerd.image.name"))
                || name.equals(image.digest().toString());
    }

    /** The configuration of an image of one platform. */
    default ImageConfig config(ImageManifest manifest) throws IOException {
        return ImageConfig.parse(read(manifest.config()));
    }

    /** A small blob as a whole, at most {@link #MAX_DOCUMENT}. */
    default byte[] read(Descriptor blob) throws IOException {
        if (blob.size() > MAX_DOCUMENT) {
            throw new ReleaseException(
                    blob.digest() + " in " + this + " has " + blob.size() + " bytes; we read documents of at most "
                            + MAX_DOCUMENT + ".",
                    "Make the image again with a smaller manifest or configuration.");
        }
        try (InputStream in = open(blob)) {
            return in.readAllBytes();
        }
    }
}
