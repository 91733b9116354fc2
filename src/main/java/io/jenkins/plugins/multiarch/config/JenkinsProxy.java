package io.jenkins.plugins.multiarch.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ProxyConfiguration;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The proxy of Jenkins' global configuration, with its exceptions. This machine's own registries never need one. */
public final class JenkinsProxy extends ProxySelector {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Proxy proxy;
    private final List<Pattern> direct;

    /** @param direct hosts that are reached without it */
    JenkinsProxy(String host, int port, List<Pattern> direct) {
        this.proxy = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
        this.direct = List.copyOf(direct);
    }

    /** Nothing where Jenkins has no proxy. */
    public static @CheckForNull ProxySelector of(@CheckForNull ProxyConfiguration configuration) {
        return configuration == null || configuration.getName() == null
                ? null
                : new JenkinsProxy(
                        configuration.getName(), configuration.getPort(), configuration.getNoProxyHostPatterns());
    }

    @Override
    public List<Proxy> select(URI address) {
        String host = address.getHost();
        boolean exempt = LOOPBACK.contains(host)
                || direct.stream().anyMatch(pattern -> pattern.matcher(host).matches());
        return List.of(exempt ? Proxy.NO_PROXY : proxy);
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxyAddress, IOException failure) {
        // the call that failed says so itself
    }
}
