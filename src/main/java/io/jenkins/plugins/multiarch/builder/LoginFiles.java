package io.jenkins.plugins.multiarch.builder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes a build's registry logins known to docker, buildah and podman without writing one down: a credential helper that
 * answers out of environment variables, and configurations that name it for exactly these hosts. What the user's own
 * configuration has stays in force.
 */
final class LoginFiles {
    /** What follows {@code docker-credential-}. */
    static final String HELPER = "multiarch";

    private static final String HUB = "docker.io";
    private static final String HUB_KEY = "https://index.docker.io/v1/";
    private static final String TEMPLATE = "docker-credential-multiarch.sh";
    private static final List<String> OURS = List.of("auths", "credHelpers");
    private static final String OWNER_ONLY = "rw-------";
    private static final List<String> LINKED = List.of("contexts", "cli-plugins", "buildx");

    private final List<Login> logins;
    private final UserLogins docker;
    private final UserLogins podman;

    LoginFiles(List<Login> logins, Map<String, String> environment) throws IOException {
        this.logins = List.copyOf(logins);
        this.docker = UserLogins.read(UserLogins.dockerFile(environment));
        this.podman = UserLogins.read(UserLogins.podmanFile(environment));
    }

    void write(Path folder) throws IOException {
        Path programs = Files.createDirectories(folder.resolve(BuildFolder.PROGRAMS));
        Path helper = programs.resolve("docker-credential-" + HELPER);
        Files.writeString(helper, helper());
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwx------"));
        Path config = Files.createDirectories(folder.resolve(BuildFolder.DOCKER_CONFIG));
        write(config.resolve("config.json"), dockerConfig());
        write(folder.resolve(BuildFolder.PODMAN_LOGINS), podmanLogins());
        for (String name : LINKED) {
            link(config.resolve(name), docker.file().resolveSibling(name).toAbsolutePath());
        }
    }

    /** The user's own configuration may have headers and proxies in it that are nobody else's business. */
    private static void write(Path file, ObjectNode json) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
        Files.writeString(file, Json.pretty(json));
    }

    private static void link(Path link, Path target) throws IOException {
        Files.deleteIfExists(link);
        if (Files.isDirectory(target)) {
            Files.createSymbolicLink(link, target);
        }
    }

    private ObjectNode dockerConfig() {
        ObjectNode json = docker.json().deepCopy();
        json.remove(OURS);
        helpers(docker, json, HUB_KEY);
        logins.forEach(login -> put(json, login.host().equals(HUB) ? HUB_KEY : login.host()));
        return json;
    }

    private ObjectNode podmanLogins() {
        ObjectNode json = Json.object();
        helpers(podman, json, HUB);
        logins.forEach(login -> put(json, login.host()));
        return json;
    }

    /** @param hubKey what the tool looks Docker Hub up by */
    private static void helpers(UserLogins user, ObjectNode json, String hubKey) {
        ObjectNode helpers = json.putObject("credHelpers");
        if (user.json().path("credHelpers") instanceof ObjectNode own) {
            helpers.setAll(own);
        }
        for (String host : user.keysByHost().keySet()) {
            String key = host.equals(HUB) ? hubKey : host;
            if (!helpers.has(key)) {
                helpers.put(key, HELPER);
            }
        }
    }

    private static void put(ObjectNode json, String key) {
        JsonNode helpers = json.get("credHelpers");
        ((ObjectNode) helpers).put(key, HELPER);
    }

    private String helper() throws IOException {
        try (InputStream in = LoginFiles.class.getResourceAsStream(TEMPLATE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("# cases\n", cases());
        }
    }

    private String cases() {
        StringBuilder cases = new StringBuilder();
        for (Login login : logins) {
            cases.append("  ")
                    .append(patterns(login.host()))
                    .append(") user=${")
                    .append(login.userVariable())
                    .append("-} password=${")
                    .append(login.passwordVariable())
                    .append("-} ;;\n");
        }
        Stream.of(docker, podman)
                .distinct()
                .forEach(user -> user.keysByHost().forEach((host, key) -> {
                    if (logins.stream().noneMatch(login -> login.host().equals(host))) {
                        cases.append("  ")
                                .append(patterns(host))
                                .append(") stored ")
                                .append(ShellQuote.of(
                                        user.file().toAbsolutePath().toString()))
                                .append(' ')
                                .append(ShellQuote.of(key.replaceAll("[.*\\[\\]^$\\\\|]", "\\\\$0")))
                                .append(" ;;\n");
                    }
                }));
        return cases.toString();
    }

    private static String patterns(String host) {
        return host.equals(HUB) ? "docker.io|index.docker.io|registry-1.docker.io" : ShellQuote.of(host);
    }
}
