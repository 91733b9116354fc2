package io.jenkins.plugins.multiarch.gate;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.layout.ImageStore;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.io.InputStream;

/** Where manifests and configurations are read from: a repository, or files. */
public interface ImageSource {

    Manifest manifest(Descriptor descriptor) throws IOException, InterruptedException;

    InputStream open(Descriptor blob) throws IOException, InterruptedException;

    static ImageSource of(Registry registry, Repository repository) {
        return new ImageSource() {
            @Override
            public Manifest manifest(Descriptor descriptor) throws InterruptedException {
                return registry.find(repository, descriptor.digest())
                        .orElseThrow(() -> new ReleaseException(
                                repository + " lacks " + descriptor.digest() + ", which an index there lists.",
                                "Push the image again; one of its parts was deleted or never came."));
            }

            @Override
            public InputStream open(Descriptor blob) throws InterruptedException {
                return registry.open(repository, blob);
            }
        };
    }

    static ImageSource of(ImageStore store) {
        return new ImageSource() {
            @Override
            public Manifest manifest(Descriptor descriptor) throws IOException {
                return store.manifest(descriptor);
            }

            @Override
            public InputStream open(Descriptor blob) throws IOException {
                return store.open(blob);
            }
        };
    }
}
