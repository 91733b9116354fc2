package io.jenkins.plugins.multiarch.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A gate before the images of one repository. */
record GateTrial(InMemoryRegistry registry, SampleImages images, List<String> log, Gate gate) {
    static final Repository APP = Repository.parse("a.example/acme/app");

    static GateTrial start() {
        InMemoryRegistry registry = new InMemoryRegistry();
        List<String> log = new ArrayList<>();
        return new GateTrial(registry, new SampleImages(registry, APP), log, new Gate(registry, log::add));
    }

    /** An image for linux/amd64 of one layer, whose configuration is another than usual. */
    ImageManifest image(Consumer<ObjectNode> change) throws InterruptedException {
        ObjectNode config = SampleImages.config("linux/amd64", "x");
        change.accept(config);
        return images.image(config, "x");
    }

    GateVerdict compared(GateMode mode, Manifest recorded, Manifest found) throws IOException, InterruptedException {
        return gate.verify(at(found), gate.record(at(recorded), mode, List.of()));
    }

    static GateSubject at(Manifest manifest) {
        return new GateSubject.InRegistry(ImageRef.of(APP, manifest.digest()));
    }

    /** Of a layer, by its text. */
    static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
