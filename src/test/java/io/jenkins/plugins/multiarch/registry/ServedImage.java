package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistryBuilder;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** A registry in this process with an image and a large blob, and a client that has a password for it and little patience. */
final class ServedImage implements AutoCloseable {
    static final Tag TAG = new Tag("1.4");
    /** Where the image is under its tag. */
    static final String MANIFEST = "/v2/acme/app/manifests/1.4";
    /** Of the blob, in bytes. */
    static final int SIZE = 300_000;

    final FakeRegistry fake;
    final Repository app;
    final Manifest image;
    final byte[] content = new byte[SIZE];
    final Descriptor layer;
    /** Where the blob is. */
    final String blobPath;

    final Registry registry;

    private ServedImage(FakeRegistryBuilder options) {
        new Random(7).nextBytes(content);
        fake = options.start();
        app = fake.repository("acme/app");
        layer = fake.addBlob("acme/app", MediaTypes.OCI_LAYER, content);
        image = fake.addImage("acme/app", TAG.name(), "linux/amd64");
        blobPath = "/v2/acme/app/blobs/" + layer.digest();
        registry = HttpRegistry.builder()
                .credentials(repository -> Optional.of(Credentials.password("ci", "secret")))
                .backoff(new Backoff(3, Duration.ofMillis(1)))
                .limits(new TimeLimits(Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .build();
    }

    static ServedImage start() {
        return start(FakeRegistry.builder());
    }

    static ServedImage start(FakeRegistryBuilder options) {
        return new ServedImage(options);
    }

    /** The blob, as the client reads it. */
    byte[] read() throws Exception {
        try (InputStream in = registry.open(app, layer)) {
            return in.readAllBytes();
        }
    }

    @Override
    public void close() {
        fake.close();
    }
}
