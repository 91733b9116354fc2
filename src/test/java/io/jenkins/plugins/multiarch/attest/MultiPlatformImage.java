package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.attest.Finding.Accepted;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.util.List;

/** An index of an image for linux/amd64 and one for linux/arm64, in a registry of its own. */
record MultiPlatformImage(
        InMemoryRegistry registry, Repository repository, ImageManifest amd64, ImageManifest arm64, ImageIndex index) {
    static final Platform AMD64 = Platform.parse("linux/amd64");
    static final Platform ARM64 = Platform.parse("linux/arm64");

    static MultiPlatformImage pushed() throws InterruptedException {
        InMemoryRegistry registry = new InMemoryRegistry();
        Repository repository = Repository.parse("a.example/acme/app");
        SampleImages samples = new SampleImages(registry, repository);
        ImageManifest amd64 = samples.image("linux/amd64", "a");
        ImageManifest arm64 = samples.image("linux/arm64", "b");
        ImageIndex index = samples.index(List.of(
                amd64.descriptor().withPlatform(AMD64), arm64.descriptor().withPlatform(ARM64)));
        return new MultiPlatformImage(registry, repository, amd64, arm64, index);
    }

    /** Where more images can be pushed beside it. */
    SampleImages samples() {
        return new SampleImages(registry, repository);
    }

    ImageRef ref() {
        return ref(index);
    }

    ImageRef ref(Manifest manifest) {
        return ImageRef.of(repository, manifest.digest());
    }

    /** All that can be pulled of it. */
    List<Digest> digests() {
        return List.of(index.digest(), amd64.digest(), arm64.digest());
    }

    /** What counts beside an image. */
    List<Accepted> accepted(ImageRef of, Verifier verifier) throws InterruptedException {
        return new ImageVerification(registry)
                .findings(of, verifier).stream()
                        .filter(Accepted.class::isInstance)
                        .map(Accepted.class::cast)
                        .toList();
    }
}
