package io.jenkins.plugins.multiarch.builder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The logins that a user of the machine has already, in the file of one tool. What the file holds in the clear stays in
 * it: a helper reads it from there when it is asked.
 *
 * @param file where docker or podman keeps them; it may not be there
 */
record UserLogins(Path file, ObjectNode json) {
    private static final int MAX_SIZE = 1 << 20;
    private static final List<String> HUB_KEYS =
            List.of("https://index.docker.io/v1/", "index.docker.io", "docker.io", "registry-1.docker.io");

    static UserLogins read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return new UserLogins(file, Json.object());
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_SIZE + 1);
            if (bytes.length > MAX_SIZE) {
                throw new ReleaseException(
                        Shown.of(file.toString()) + " is longer than " + MAX_SIZE + " bytes.",
                        "It should be the configuration of docker or podman.");
            }
            return new UserLogins(file, Json.read(bytes, Shown.of(file.toString())));
        }
    }

    /** The file that docker reads, by its environment. */
    static Path dockerFile(Map<String, String> environment) {
        String folder = environment.getOrDefault("DOCKER_CONFIG", "");
        return folder.isEmpty() ? home(environment).resolve(".docker/config.json") : Path.of(folder, "config.json");
    }

    /** The file that buildah and podman read: the first that is there. */
    static Path podmanFile(Map<String, String> environment) {
        String named = environment.getOrDefault("REGISTRY_AUTH_FILE", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        Path usual = runtime.isEmpty()
                ? home(environment).resolve(".config/containers/auth.json")
                : Path.of(runtime, "containers/auth.json");
        Path other = home(environment).resolve(".config/containers/auth.json");
        return Files.isRegularFile(usual) ? usual : Files.isRegularFile(other) ? other : dockerFile(environment);
    }

    private static Path home(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("HOME", "/"));
    }

    /** The keys of logins in the clear, by the host they are for; those for a part of a registry are left out. */
    Map<String, String> keysByHost() {
        Map<String, String> keys = new LinkedHashMap<>();
        json.path("auths").fields().forEachRemaining(entry -> {
            String host = host(entry.getKey());
            JsonNode login = entry.getValue();
            if (!host.contains("/") && (login.has("auth") || login.has("identitytoken"))) {
                keys.putIfAbsent(host, entry.getKey());
            }
        });
        return keys;
    }

    private static String host(String key) {
        return HUB_KEYS.contains(key)
                ? "docker.io"
                : key.replaceFirst("^https?://", "").replaceFirst("(/v[12])?/*$", "");
    }
}
