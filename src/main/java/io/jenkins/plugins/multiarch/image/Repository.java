package io.jenkins.plugins.multiarch.image;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A named place for images in a registry: host, optional port, and path, at most 255 characters.
 *
 * <p>The path follows the grammar of {@code <name>} in the OCI distribution-spec 1.1, "Pull". A name without a host is
 * Docker Hub's, and one without a namespace there is {@code library}'s, as every container tool reads them.
 */
public record Repository(String registry, String path) implements Comparable<Repository> {
    private static final String DEFAULT_REGISTRY = "docker.io";
    private static final String DEFAULT_NAMESPACE = "library/";
    private static final int MAX_LENGTH = 255;
    private static final int MAX_PORT = 65535;
    private static final Pattern HOST = Pattern.compile(
            "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[0-9a-fA-F:.]+])(?::[0-9]{1,5})?");
    private static final Pattern COMPONENT = Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*");
    private static final String EXAMPLE = "Write registry/namespace/name, as in ghcr.io/acme/app.";

    public Repository {
        if (!HOST.matcher(registry).matches() || port(registry) > MAX_PORT) {
            throw refused(registry + "/" + path, "'" + Shown.of(registry) + "' is not a host with an optional port");
        }
        if (registry.length() + path.length() + 1 > MAX_LENGTH) {
            throw refused(registry + "/" + path, "it is longer than " + MAX_LENGTH + " characters");
        }
        for (String component : path.split("/", -1)) {
            refuseUnlessNamed(registry, path, component);
        }
    }

    /** Reads a name without tag or digest, for example {@code ghcr.io/acme/app}, {@code acme/app} or {@code busybox}. */
    public static Repository parse(String text) {
        String name = text.strip();
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        if (isHost(first)) {
            return of(first.equals("index.docker.io") ? DEFAULT_REGISTRY : first, name.substring(slash + 1));
        }
        return of(DEFAULT_REGISTRY, name);
    }

    private static Repository of(String registry, String path) {
        boolean official = registry.equals(DEFAULT_REGISTRY) && path.indexOf('/') < 0;
        return new Repository(registry, official ? DEFAULT_NAMESPACE + path : path);
    }

    private static int port(String registry) {
        int colon = registry.lastIndexOf(':');
        return colon > registry.lastIndexOf(']') ? Integer.parseInt(registry.substring(colon + 1)) : 0;
    }

    private static boolean isHost(String first) {
        return first.contains(".") || first.contains(":") || first.equals("localhost");
    }

    private static void refuseUnlessNamed(String registry, String path, String component) {
        if (COMPONENT.matcher(component).matches()) {
            return;
        }
        String name = registry + "/" + path;
        if (component.isEmpty()) {
            throw refused(name, "a part of its path is empty");
        }
        if (!component.equals(component.toLowerCase(Locale.ROOT))) {
            throw refused(name, "'" + Shown.of(component) + "' has upper-case letters");
        }
        throw refused(
                name, "'" + Shown.of(component) + "' is not lower-case letters and digits, parted by '.', '_' or '-'");
    }

    private static ReleaseException refused(String name, String reason) {
        return new ReleaseException("'" + Shown.of(name) + "' is not a repository: " + reason + ".", EXAMPLE);
    }

    @Override
    public int compareTo(Repository other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return registry + "/" + path;
    }
}
