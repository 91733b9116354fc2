package io.jenkins.plugins.multiarch.retention.provider;

import java.net.URI;
import java.util.regex.Pattern;

/** Which container registries are GitHub's, and where the API of each is. */
final class GitHubHosts {
    private static final String PUBLIC = "ghcr.io";
    private static final String REGISTRY = "containers.";
    /** GitHub Enterprise Cloud with data residency, {@code containers.acme.ghe.com}. */
    private static final Pattern RESIDENT = Pattern.compile("containers\\.([a-z0-9-]+\\.ghe\\.com)");

    private GitHubHosts() {}

    static boolean isGitHub(String host) {
        return host.equals(PUBLIC) || RESIDENT.matcher(host).matches();
    }

    /** @param host of the registry, {@code containers.HOST} on a GitHub Enterprise Server */
    static URI api(String host) {
        if (host.equals(PUBLIC)) {
            return GitHubPackages.API;
        }
        String server = host.startsWith(REGISTRY) ? host.substring(REGISTRY.length()) : host;
        return URI.create(isGitHub(host) ? "https://api." + server : "https://" + server + "/api/v3");
    }
}
