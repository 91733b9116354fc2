package io.jenkins.plugins.multiarch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryConfigurationTest {

    @Test
    void asksForNothingButTheHost() {
        RegistryConfiguration registry = new RegistryConfiguration(" registry.acme.com:5000 ");

        assertThat(registry.getHost()).isEqualTo("registry.acme.com:5000");
        assertThat(registry.getCredentialsId()).isNull();
        assertThat(registry.getCertificate()).isNull();
        assertThat(registry.isPlainHttp()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker.io", "index.docker.io", "registry-1.docker.io"})
    void knowsDockerHubByAllItsNames(String host) {
        assertThat(new RegistryConfiguration(host).getHost()).isEqualTo("docker.io");
    }

    @Test
    void saysHowToWriteAHost() {
        assertThatThrownBy(() -> new RegistryConfiguration("https://ghcr.io"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "'https://ghcr.io' is not the host of a registry. Write host or host:port without a scheme or"
                                + " a path, as in ghcr.io or registry.acme.com:5000.");
    }

    @Test
    void takesEmptyFieldsForNothing() {
        RegistryConfiguration registry = new RegistryConfiguration("ghcr.io");

        registry.setCredentialsId(" ");
        registry.setCertificate("");

        assertThat(registry.getCredentialsId()).isNull();
        assertThat(registry.getCertificate()).isNull();
    }

    @Test
    void refusesACertificateThatIsNone() {
        RegistryConfiguration registry = new RegistryConfiguration("ghcr.io");

        assertThatThrownBy(() -> registry.setCertificate("hello"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("The certificate text cannot be read: ")
                .hasMessageEndingWith("Give one or more certificates in PEM form (-----BEGIN CERTIFICATE-----).");
    }
}
