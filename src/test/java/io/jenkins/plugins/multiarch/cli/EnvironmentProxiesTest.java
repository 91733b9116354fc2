package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxiesTest {

    @Test
    void isNotThereWhereNoProxyIsNamed() {
        assertThat(EnvironmentProxies.of(Map.of("NO_PROXY", "example.com", "HTTPS_PROXY", " ")))
                .isEmpty();
    }

    @Test
    void takesTheProxyOfTheScheme() {
        EnvironmentProxies proxies = EnvironmentProxies.of(
                        Map.of("HTTPS_PROXY", "http://secure.proxy:3128", "HTTP_PROXY", "plain.proxy:8080/"))
                .orElseThrow();

        assertThat(proxies.select(URI.create("https://ghcr.io/v2/"))).containsExactly(proxy("secure.proxy", 3128));
        assertThat(proxies.select(URI.create("http://registry.local/v2/"))).containsExactly(proxy("plain.proxy", 8080));
    }

    @Test
    void goesStraightWhereOnlyTheOtherSchemeHasAProxy() {
        EnvironmentProxies proxies =
                EnvironmentProxies.of(Map.of("HTTP_PROXY", "plain.proxy")).orElseThrow();

        assertThat(proxies.select(URI.create("https://ghcr.io/v2/"))).containsExactly(Proxy.NO_PROXY);
        assertThat(proxies.select(URI.create("http://ghcr.io/v2/"))).containsExactly(proxy("plain.proxy", 80));
    }

    @Test
    void readsNamesInLowerCaseFirst() {
        EnvironmentProxies proxies = EnvironmentProxies.of(
                        Map.of("https_proxy", "lower.proxy:1", "HTTPS_PROXY", "upper.proxy:2"))
                .orElseThrow();

        assertThat(proxies.select(URI.create("https://ghcr.io/v2/"))).containsExactly(proxy("lower.proxy", 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    example.com           | https://example.com/v2/          | true
                    example.com           | https://registry.example.com/v2/ | true
                    example.com           | https://myexample.com/v2/        | false
                    .example.com          | https://registry.example.com/v2/ | true
                    .example.com          | https://example.com/v2/          | false
                    *.example.com         | https://registry.example.com/v2/ | true
                    EXAMPLE.com           | https://Registry.Example.COM/v2/ | true
                    other.com, example.com| https://example.com/v2/          | true
                    example.com:5000      | https://example.com:5000/v2/     | true
                    example.com:5000      | https://example.com/v2/          | false
                    example.com:443       | https://example.com/v2/          | true
                    *                     | https://ghcr.io/v2/              | true
                    10.1.2.3              | https://10.1.2.3/v2/             | true
                    10.0.0.0/8            | https://10.1.2.3:5000/v2/        | true
                    10.0.0.0/8            | https://11.1.2.3/v2/             | false
                    10.0.0.0/8            | https://ten.example.com/v2/      | false
                    fd00::/8              | https://[fd00::1]:5000/v2/       | true
                    fd00::1               | https://[fd00::1]/v2/            | true
                    10.0.0.0/8            | https://[fd00::1]/v2/            | false
                    10.0.0.0/x            | https://10.1.2.3/v2/             | false
                    ''                    | https://localhost:5000/v2/       | true
                    ''                    | https://127.0.0.2:5000/v2/       | true
                    ''                    | https://[::1]:5000/v2/           | true
                    ''                    | https://registry.localhost/v2/   | true
                    ''                    | https://ghcr.io/v2/              | false
                    """)
    void leavesOutWhatNoProxyNamesAndThisMachine(String noProxy, URI address, boolean straight) {
        Map<String, String> environment = new HashMap<>(Map.of("HTTPS_PROXY", "proxy:3128"));
        environment.put("NO_PROXY", noProxy);

        EnvironmentProxies proxies = EnvironmentProxies.of(environment).orElseThrow();

        assertThat(proxies.select(address)).containsExactly(straight ? Proxy.NO_PROXY : proxy("proxy", 3128));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    socks5://proxy:1080          | its scheme is 'socks5', and only http is known
                    https://proxy:3128           | its scheme is 'https', and only http is known
                    http://user:secret@proxy:3128| it holds a user, and proxies that ask for one are not supported
                    http:///path                 | it has no host
                    http://a proxy               | it is not an address
                    """)
    void refusesWhatItCannotUseWithoutShowingIt(String proxy, String reason) {
        Map<String, String> environment = Map.of("HTTPS_PROXY", proxy);

        assertThatThrownBy(() -> EnvironmentProxies.of(environment))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The proxy in HTTPS_PROXY cannot be used: " + reason
                        + ". Write it as in http://proxy.example.com:3128, or name the registry in NO_PROXY.");
    }

    private static Proxy proxy(String host, int port) {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
    }
}
