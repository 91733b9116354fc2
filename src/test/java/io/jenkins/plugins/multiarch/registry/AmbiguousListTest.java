package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistryBuilder;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.Trait;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A list of referrers that is another one for tools written in Go. */
class AmbiguousListTest {
    private static final String LIST =
            "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[],\"Manifests\":[]}";
    private static final String REFUSED =
            " is not a JSON object we can use: it has 'Manifests', which some tools read as"
                    + " 'manifests' and others pass over. Make it again with the tool that wrote it.";

    private final Registry registry = HttpRegistry.builder().build();
    private FakeRegistry fake;
    private Manifest image;

    private void start(FakeRegistryBuilder options) {
        fake = options.start();
        image = fake.addImage("acme/app", "1.4", "linux/amd64");
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private void refused(String what) {
        assertThatThrownBy(() -> registry.referrers(fake.repository("acme/app"), image.digest(), ""))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(what + REFUSED);
    }

    @Test
    void isRefusedWhereTheRegistryKeepsIt() {
        start(FakeRegistry.builder());
        String path = "/v2/acme/app/referrers/" + image.digest();
        fake.on("GET", path).fail(Fault.body(LIST));

        refused("The answer to GET " + fake.address() + path);
    }

    @Test
    void isRefusedWhereClientsKeepIt() {
        start(FakeRegistry.builder().with(Trait.NO_REFERRERS_API));
        byte[] list = LIST.getBytes(StandardCharsets.UTF_8);
        fake.addManifest("acme/app", "sha256-" + image.digest().hex(), MediaTypes.OCI_INDEX, list);

        refused("The manifest " + Digest.sha256(list));
    }
}
