package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where to sign: the addresses of a Sigstore instance.
 *
 * @param certificateAuthority Fulcio, without the path of its API
 * @param logs each of which is to hold the signature
 * @param timestampAuthorities with the whole path, each of which is to sign the time
 */
public record SigningServices(URI certificateAuthority, List<Log> logs, List<URI> timestampAuthorities) {

    /**
     * A Rekor instance.
     *
     * @param address without the path of its API
     * @param version of the API, 1 or 2
     */
    public record Log(URI address, int version) {
        public Log {
            requireSafe(address);
        }
    }

    public SigningServices {
        requireSafe(certificateAuthority);
        timestampAuthorities.forEach(SigningServices::requireSafe);
        logs = List.copyOf(logs);
        timestampAuthorities = List.copyOf(timestampAuthorities);
    }

    /**
     * The addresses of an instance that has no signing config.
     *
     * @param log of Rekor 1, or empty for none
     * @param timestampAuthority or empty for none
     */
    public static SigningServices of(String certificateAuthority, String log, String timestampAuthority) {
        return new SigningServices(
                address(certificateAuthority),
                log.isEmpty() ? List.of() : List.of(new Log(address(log), 1)),
                timestampAuthority.isEmpty() ? List.of() : List.of(address(timestampAuthority)));
    }

    /** Those of all services, each with its port where it has one. */
    public Set<String> hosts() {
        return Stream.of(
                        Stream.of(certificateAuthority), logs.stream().map(Log::address), timestampAuthorities.stream())
                .flatMap(addresses -> addresses)
                .map(address -> address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static URI address(String text) {
        try {
            return URI.create(text.strip().replaceFirst("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw refused(text);
        }
    }

    /** A token must not travel in the clear, except within this machine. */
    private static void requireSafe(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(address.getHost());
        boolean loopback = host.equals("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("[::1]");
        if (address.getHost() == null || !(scheme.equals("https") || (scheme.equals("http") && loopback))) {
            throw refused(address.toString());
        }
    }

    private static ReleaseException refused(String text) {
        return new ReleaseException(
                "'" + Shown.of(text) + "' is not an https address of a signing service.",
                "Write one, as in https://fulcio.example.com.");
    }
}
