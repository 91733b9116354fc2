package io.jenkins.plugins.multiarch.layout;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Reference;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;

/** Brings whole images from files into registries and back. */
public final class StoredImages {
    /**
     * What {@code docker buildx build --platform linux/amd64,linux/arm64 --provenance=mode=max --output type=oci} of
     * dockerd 26.1.5 with the containerd image store wrote: two images of one small file, and an attestation of each.
     */
    public static final Path ATTESTED = Path.of("src/test/resources/attested-by-buildkit");

    private StoredImages() {}

    /** Pushes the only image of a layout, and gives the digest that it has there. */
    public static Digest push(Path layout, Registry registry, Repository repository)
            throws IOException, InterruptedException {
        try (OciLayout store = OciLayout.open(layout)) {
            Descriptor image = store.image("");
            push(store, image, registry, repository);
            return image.digest();
        }
    }

    private static void push(ImageStore store, Descriptor image, Registry registry, Repository repository)
            throws IOException, InterruptedException {
        Manifest manifest = store.manifest(image);
        for (Descriptor child : manifest.children()) {
            if (manifest instanceof ImageIndex) {
                push(store, child, registry, repository);
            } else {
                registry.push(repository, Blob.of(child, () -> store.open(child)));
            }
        }
        registry.put(repository, manifest.digest(), manifest);
    }

    /** Pulls an image with all it lists into a new archive. */
    public static void pull(Registry registry, Repository repository, Reference reference, Path archive)
            throws IOException, InterruptedException {
        try (OciLayoutWriter layout = OciLayoutWriter.archive(archive)) {
            Manifest image = registry.find(repository, reference).orElseThrow();
            pull(registry, repository, image, layout);
            layout.image(image.descriptor(), "");
            layout.finish();
        }
    }

    private static void pull(Registry registry, Repository repository, Manifest manifest, OciLayoutWriter layout)
            throws IOException, InterruptedException {
        for (Descriptor child : manifest.children()) {
            if (manifest instanceof ImageIndex) {
                pull(
                        registry,
                        repository,
                        registry.find(repository, child.digest()).orElseThrow(),
                        layout);
            } else {
                layout.blob(child, registry.open(repository, child));
            }
        }
        layout.manifest(manifest);
    }
}
