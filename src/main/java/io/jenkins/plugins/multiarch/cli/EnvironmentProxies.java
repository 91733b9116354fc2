package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxies that the environment names, read as curl, docker and every tool written in Go read them:
 * {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, in upper or lower case. This machine itself is never
 * reached through a proxy.
 */
final class EnvironmentProxies extends ProxySelector {
    private static final int DEFAULT_PORT = 80;

    private final Optional<InetSocketAddress> http;
    private final Optional<InetSocketAddress> https;
    private final NoProxy exceptions;

    private EnvironmentProxies(
            Optional<InetSocketAddress> http, Optional<InetSocketAddress> https, NoProxy exceptions) {
        this.http = http;
        this.https = https;
        this.exceptions = exceptions;
    }

    /** Nothing where the environment names no proxy. */
    static Optional<EnvironmentProxies> of(Map<String, String> environment) {
        Optional<InetSocketAddress> http = proxy(environment, "HTTP_PROXY");
        Optional<InetSocketAddress> https = proxy(environment, "HTTPS_PROXY");
        return http.isEmpty() && https.isEmpty()
                ? Optional.empty()
                : Optional.of(new EnvironmentProxies(http, https, NoProxy.parse(value(environment, "NO_PROXY"))));
    }

    private static String value(Map<String, String> environment, String name) {
        String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        return (lower.isBlank() ? environment.getOrDefault(name, "") : lower).strip();
    }

    private static Optional<InetSocketAddress> proxy(Map<String, String> environment, String name) {
        String text = value(environment, name);
        return text.isEmpty() ? Optional.empty() : Optional.of(address(name, text));
    }

    private static InetSocketAddress address(String name, String text) {
        URI uri = uri(name, text.contains("://") ? text : "http://" + text);
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            throw refused(name, "its scheme is '" + Shown.of(uri.getScheme()) + "', and only http is known");
        }
        if (uri.getUserInfo() != null) {
            throw refused(name, "it holds a user, and proxies that ask for one are not supported");
        }
        if (uri.getHost() == null) {
            throw refused(name, "it has no host");
        }
        return InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
    }

    private static URI uri(String name, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw refused(name, "it is not an address");
        }
    }

    /** Without the value, which may hold a password. */
    private static ReleaseException refused(String name, String reason) {
        return new ReleaseException(
                "The proxy in " + name + " cannot be used: " + reason + ".",
                "Write it as in http://proxy.example.com:3128, or name the registry in NO_PROXY.");
    }

    @Override
    public List<Proxy> select(URI uri) {
        Optional<InetSocketAddress> proxy = "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
        return proxy.filter(p -> !exceptions.covers(uri))
                .map(p -> List.of(new Proxy(Proxy.Type.HTTP, p)))
                .orElse(List.of(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException problem) {
        // There is no second proxy to turn to; the call itself fails and says so.
    }
}
