package io.jenkins.plugins.multiarch.attest.keyless;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SigningServicesTest {

    @Test
    void tellsTheHostsOfAllServices() {
        SigningServices services = SigningServices.of(
                "https://fulcio.acme.com/", "https://rekor.acme.com:8443", "https://fulcio.acme.com/tsa");

        assertThat(services.hosts()).containsExactly("fulcio.acme.com", "rekor.acme.com:8443");
    }
}
