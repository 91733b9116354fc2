package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistryAccessTest {

    @Test
    void takesItsLoginsAndCertificatesAlong() throws Exception {
        try (FakeRegistry registry = FakeRegistry.builder()
                .withTls()
                .withBasicAuth("robot", "secret")
                .start()) {
            Manifest image = registry.addImage("acme/app", "1.0", "linux/amd64");
            RegistryAccess access = new RegistryAccess(
                    Map.of(registry.address(), new Login("robot", "secret")),
                    Set.of(),
                    List.of(registry.authority()),
                    null);

            RegistryAccess arrived = Serialized.copy(access);

            assertThat(arrived.open().find(registry.repository("acme/app"), new Tag("1.0")))
                    .map(Manifest::digest)
                    .contains(image.digest());
        }
    }

    @Test
    void givesALoginToItsOwnRegistryAlone() throws Exception {
        try (FakeRegistry registry =
                FakeRegistry.builder().withBasicAuth("robot", "secret").start()) {
            RegistryAccess access =
                    new RegistryAccess(Map.of("ghcr.io", new Login("robot", "secret")), Set.of(), List.of(), null);

            assertThatThrownBy(() -> access.open().find(registry.repository("acme/app"), new Tag("1.0")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("401");
        }
    }

    @Test
    void neverShowsAPassword() {
        assertThat(new Login("robot", "secret")).hasToString("robot:********");
    }
}
