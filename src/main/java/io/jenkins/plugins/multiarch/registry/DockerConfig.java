package io.jenkins.plugins.multiarch.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Credentials as {@code docker login}, {@code podman login} and the rest of the field keep them: in {@code config.json}
 * itself, or with the credential helper it names. The entry of the longest matching path wins.
 */
public final class DockerConfig implements CredentialSource {
    private static final int MAX_SIZE = 1024 * 1024;
    /** Shorter than the life of any credential that helpers hand out. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    /** The key docker uses for Docker Hub. */
    private static final String HUB_KEY = "https://index.docker.io/v1/";

    private final Path file;
    private final ObjectNode json;
    private final Map<String, Helped> helped = new ConcurrentHashMap<>();

    private record Helped(Optional<Credentials> credentials, Instant until) {}

    private DockerConfig(Path file, ObjectNode json) {
        this.file = file;
        this.json = json;
    }

    /** The file docker itself uses: {@code $DOCKER_CONFIG/config.json}, else {@code ~/.docker/config.json}. */
    public static CredentialSource ofUser(Map<String, String> environment, Path home) throws IOException {
        String folder = environment.getOrDefault("DOCKER_CONFIG", "");
        Path file = (folder.isEmpty() ? home.resolve(".docker") : Path.of(folder)).resolve("config.json");
        return Files.isRegularFile(file) ? read(file) : ANONYMOUS;
    }

    /** A file in docker's format, at most 1 MiB. */
    public static DockerConfig read(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(MAX_SIZE + 1);
            if (bytes.length > MAX_SIZE) {
                throw new ReleaseException(
                        file.getFileName() + " is longer than " + MAX_SIZE + " bytes.",
                        "Name a file in the format of docker's config.json.");
            }
            return new DockerConfig(file, Json.read(bytes, file.getFileName().toString()));
        }
    }

    @Override
    public Optional<Credentials> find(Repository repository) throws InterruptedException {
        String host = repository.registry();
        Optional<String> helper = helper(host);
        if (helper.isPresent()) {
            Optional<Credentials> helped = ask(helper.get(), host);
            if (helped.isPresent() || json.path("credHelpers").has(host)) {
                return helped;
            }
        }
        return entry(repository).flatMap(this::credentials);
    }

    /** Helpers are programs, and some mint a new secret each time; so what one said holds for a while. */
    private Optional<Credentials> ask(String helper, String host) throws InterruptedException {
        Helped known = helped.get(host);
        if (known == null || Instant.now().isAfter(known.until())) {
            known = new Helped(
                    new CredentialHelper(helper).get(key(host)), Instant.now().plus(REMEMBERED));
            helped.put(host, known);
        }
        return known.credentials();
    }

    private Optional<String> helper(String host) {
        String own = json.path("credHelpers").path(host).asText("");
        String store = own.isEmpty() ? json.path("credsStore").asText("") : own;
        return store.isEmpty() ? Optional.empty() : Optional.of(store);
    }

    private static String key(String host) {
        return host.equals("docker.io") ? HUB_KEY : host;
    }

    private Optional<JsonNode> entry(Repository repository) {
        String name = repository.toString();
        JsonNode best = null;
        int length = -1;
        for (Iterator<Map.Entry<String, JsonNode>> all = json.path("auths").fields(); all.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = all.next();
            String prefix = prefix(entry.getKey());
            if ((name + "/").startsWith(prefix + "/") && prefix.length() > length) {
                best = entry.getValue();
                length = prefix.length();
            }
        }
        return Optional.ofNullable(best);
    }

    /** Keys are written as a host, a host and a namespace, or an address. */
    private static String prefix(String key) {
        if (key.equals(HUB_KEY)
                || List.of("index.docker.io", "https://index.docker.io").contains(key)) {
            return "docker.io";
        }
        return key.replaceFirst("^https?://", "").replaceFirst("(/v[12])?/*$", "");
    }

    private Optional<Credentials> credentials(JsonNode entry) {
        String identity = entry.path("identitytoken").asText("");
        if (!identity.isEmpty()) {
            return Optional.of(Credentials.identityToken(identity));
        }
        String auth = entry.path("auth").asText("");
        if (!auth.isEmpty()) {
            return Optional.of(decoded(auth));
        }
        String username = entry.path("username").asText("");
        return username.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Credentials.password(username, entry.path("password").asText("")));
    }

    private Credentials decoded(String auth) {
        try {
            String pair = new String(Base64.getDecoder().decode(auth.strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon > 0) {
                return Credentials.password(pair.substring(0, colon), pair.substring(colon + 1));
            }
        } catch (IllegalArgumentException e) {
            throw unreadable(e);
        }
        throw unreadable(null);
    }

    private ReleaseException unreadable(Throwable cause) {
        return new ReleaseException(
                "An 'auth' in " + Shown.of(file.getFileName().toString()) + " is not user:password in Base64.",
                "Log in again with docker login.",
                cause);
    }
}
