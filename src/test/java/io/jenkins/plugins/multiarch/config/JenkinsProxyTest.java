package io.jenkins.plugins.multiarch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JenkinsProxyTest {
    private final JenkinsProxy proxy =
            new JenkinsProxy("proxy.acme.com", 3128, List.of(Pattern.compile(".*\\.acme\\.com")));

    @Test
    void isUsedForOthersRegistries() {
        assertThat(proxy.select(URI.create("https://ghcr.io/v2/")))
                .containsExactly(
                        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.acme.com", 3128)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://registry.acme.com/v2/",
                "http://127.0.0.1:5000/v2/",
                "http://localhost:5000/v2/",
                "http://[::1]:5000/v2/"
            })
    void isLeftOutForItsExceptionsAndThisMachine(String address) {
        assertThat(proxy.select(URI.create(address))).containsExactly(Proxy.NO_PROXY);
    }
}
