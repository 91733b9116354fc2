package io.jenkins.plugins.multiarch.cli;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is reached without a proxy, as {@code NO_PROXY} lists it: {@code *}, a host with all below it
 * ({@code example.com}), only those below it ({@code .example.com}), an IP address, a network
 * ({@code 10.0.0.0/8}), each host or address also with a port.
 */
final class NoProxy {
    private final List<String> entries;

    private NoProxy(List<String> entries) {
        this.entries = entries;
    }

    static NoProxy parse(String text) {
        return new NoProxy(Arrays.stream(text.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .toList());
    }

    boolean covers(URI uri) {
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        Optional<InetAddress> address = literal(host);
        if (host.equals("localhost")
                || host.endsWith(".localhost")
                || address.filter(InetAddress::isLoopbackAddress).isPresent()) {
            return true;
        }
        return entries.stream().anyMatch(entry -> covers(entry, host, port, address));
    }

    private static boolean covers(String entry, String host, int port, Optional<InetAddress> address) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.contains("/")) {
            return address.filter(a -> isInside(a, entry)).isPresent();
        }
        String name = entry;
        int colon = entry.lastIndexOf(':');
        if (colon > 0 && colon == entry.indexOf(':') || entry.contains("]:")) {
            if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            name = entry.substring(0, colon);
        }
        name = name.replaceAll("^\\[|]$", "").replaceAll("^\\*\\.", ".");
        return name.startsWith(".") ? host.endsWith(name) : host.equals(name) || host.endsWith("." + name);
    }

    private static boolean isInside(InetAddress address, String network) {
        int slash = network.indexOf('/');
        Optional<InetAddress> first = literal(network.substring(0, slash));
        String bits = network.substring(slash + 1);
        int length = address.getAddress().length;
        if (first.isEmpty() || !bits.matches("[0-9]{1,3}") || first.get().getAddress().length != length) {
            return false;
        }
        int ignored = Math.max(0, length * 8 - Integer.parseInt(bits));
        return number(address).shiftRight(ignored).equals(number(first.get()).shiftRight(ignored));
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    /** The address a host is written as; names are not looked up, for that is the proxy's business. */
    private static Optional<InetAddress> literal(String host) {
        if (!host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
