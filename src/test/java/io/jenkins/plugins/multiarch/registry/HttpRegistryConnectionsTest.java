package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.LoggedRequest;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection that was opened, and with TLS dearly, is used for more than one request. */
class HttpRegistryConnectionsTest {
    private final FakeRegistry fake = FakeRegistry.start();
    private final Repository app = fake.repository("acme/app");
    private final Registry registry = HttpRegistry.builder().build();

    @AfterEach
    void close() {
        fake.close();
    }

    /** The JDK's client may say the end of an answer before its connection is free again, so one more is fair. */
    @Test
    void usesOneAgainAfterARefusalThatNobodyReads() throws Exception {
        fake.on("GET", "/v2/acme/app/manifests/*").always().fail(Fault.oversizedBody(60 * 1024));

        for (int i = 0; i < 20; i++) {
            assertThat(registry.find(app, new Tag("absent-" + i))).isEmpty();
        }

        assertThat(connections()).hasSizeBetween(1, 2);
    }

    private Set<Integer> connections() {
        return fake.requests().stream().map(LoggedRequest::connection).collect(Collectors.toSet());
    }
}
