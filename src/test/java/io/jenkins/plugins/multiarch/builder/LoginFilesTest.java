package io.jenkins.plugins.multiarch.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginFilesTest {
    private static final Login GHCR = new Login("ghcr.io", "GHCR_USER", "GHCR_PASSWORD");
    private static final Login HUB = new Login("docker.io", "HUB_USER", "HUB_PASSWORD");

    @TempDir
    private Path folder;

    private Path home;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(folder.resolve("the user's home"));
        environment.put("HOME", home.toString());
        environment.put("PATH", System.getenv("PATH"));
    }

    private Path write(Login... logins) throws IOException {
        Path made = Files.createDirectories(folder.resolve("private"));
        new LoginFiles(List.of(logins), environment).write(made);
        return made;
    }

    /** As docker asks: the server without a new line, or with one. */
    private String answer(Path made, String server) throws IOException, InterruptedException {
        Path question = Files.writeString(folder.resolve("question"), server);
        ProcessBuilder builder = new ProcessBuilder(made + "/bin/docker-credential-multiarch", "get")
                .redirectInput(question.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private void knows(Path made, String server, String user, String password)
            throws IOException, InterruptedException {
        JsonNode answer = Json.read(answer(made, server).getBytes(StandardCharsets.UTF_8), "The answer");

        assertThat(answer.path("ServerURL").asText()).isEqualTo(server.strip());
        assertThat(answer.path("Username").asText()).isEqualTo(user);
        assertThat(answer.path("Secret").asText()).isEqualTo(password);
    }

    private static JsonNode json(Path file) throws IOException {
        return Json.read(Files.readAllBytes(file), "The file");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "it's \"$HOME\" `id` \\ \\n %s %%",
                "-n",
                "{\n  \"type\": \"service_account\",\n\t\"key\": \"a\\nb\"\n}",
                "ünï → 漢字"
            })
    void answersOutOfTheEnvironment(String password) throws IOException, InterruptedException {
        Path made = write(GHCR);
        environment.put("GHCR_USER", "_json_key");
        environment.put("GHCR_PASSWORD", password);

        knows(made, "ghcr.io", "_json_key", password);
        knows(made, "https://ghcr.io\n", "_json_key", password);
    }

    @Test
    void knowsTheNamesOfDockerHub() throws IOException, InterruptedException {
        Path made = write(HUB);
        environment.put("HUB_USER", "me");
        environment.put("HUB_PASSWORD", "p");

        knows(made, "https://index.docker.io/v1/", "me", "p");
        knows(made, "docker.io", "me", "p");
        assertThat(json(made.resolve("docker/config.json")).path("credHelpers").fieldNames())
                .toIterable()
                .containsExactly("https://index.docker.io/v1/");
        assertThat(json(made.resolve("auth.json")).path("credHelpers").fieldNames())
                .toIterable()
                .containsExactly("docker.io");
    }

    @Test
    void knowsNothingOfOthers() throws IOException, InterruptedException {
        assertThat(answer(write(GHCR), "ghcr.io.evil.example")).isEqualTo("credentials not found in native keychain\n");
        assertThat(answer(write(GHCR), "ghcr.io")).isEqualTo("credentials not found in native keychain\n");
    }

    @Test
    void writesNoSecretDown() throws IOException {
        environment.put("GHCR_PASSWORD", "hidden-1");
        Files.createDirectory(home.resolve(".docker"));
        Files.writeString(
                home.resolve(".docker/config.json"),
                "{\"auths\":{\"quay.io\":{\"auth\":\"" + base64("u:hidden-2") + "\"}}}");

        Path made = write(GHCR);

        try (Stream<Path> files = Files.walk(made)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain("hidden").doesNotContain(base64("u:hidden-2"));
            }
        }
    }

    @Test
    void keepsWhatTheUsersOwnConfigurationHas() throws IOException, InterruptedException {
        Path docker = Files.createDirectories(home.resolve("my docker"));
        environment.put("DOCKER_CONFIG", docker.toString());
        Files.createDirectory(docker.resolve("cli-plugins"));
        Files.writeString(
                docker.resolve("config.json"), """
                {
                	"auths": {
                		"https://index.docker.io/v1/": { "auth": "%s" },
                		"quay.io": {
                			"auth": "%s",
                			"email": "x"
                		},
                		"https://azure.example:5000/v2/": { "identitytoken": "tok en" },
                		"ghcr.io": { "auth": "%s" },
                		"helped.example": {}
                	},
                	"credHelpers": { "ecr.example": "ecr-login" },
                	"currentContext": "remote",
                	"HttpHeaders": { "X": "own" },
                	"proxies": { "default": { "httpProxy": "http://proxy.example:3128" } }
                }
                """.formatted(base64("hub:h"), base64("robot:a:b\"c"), base64("old:o")));

        Path made = write(GHCR);

        environment.put("GHCR_USER", "new");
        environment.put("GHCR_PASSWORD", "n");
        knows(made, "ghcr.io", "new", "n");
        knows(made, "quay.io", "robot", "a:b\"c");
        knows(made, "https://index.docker.io/v1/", "hub", "h");
        knows(made, "azure.example:5000", "<token>", "token");
        JsonNode config = json(made.resolve("docker/config.json"));
        assertThat(config.path("credHelpers").toString())
                .isEqualTo("{\"ecr.example\":\"ecr-login\",\"https://index.docker.io/v1/\":\"multiarch\","
                        + "\"quay.io\":\"multiarch\",\"azure.example:5000\":\"multiarch\",\"ghcr.io\":\"multiarch\"}");
        assertThat(config.path("currentContext").asText()).isEqualTo("remote");
        assertThat(config.at("/proxies/default/httpProxy").asText()).isEqualTo("http://proxy.example:3128");
        assertThat(config.at("/HttpHeaders/X").asText()).isEqualTo("own");
        assertThat(config.has("auths")).isFalse();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.resolve("docker/config.json"))))
                .isEqualTo("rw-------");
        assertThat(made.resolve("docker/cli-plugins").toRealPath())
                .isEqualTo(docker.resolve("cli-plugins").toRealPath());
    }

    @Test
    void readsPodmansOwnFile() throws IOException, InterruptedException {
        Path auth = home.resolve("auth.json");
        Files.writeString(auth, "{\"auths\":{\"quay.io\":{\"auth\":\"" + base64("pod:p") + "\"}}}");
        environment.put("REGISTRY_AUTH_FILE", auth.toString());

        Path made = write(GHCR);

        knows(made, "quay.io", "pod", "p");
        assertThat(json(made.resolve("auth.json")).path("credHelpers").has("quay.io"))
                .isTrue();
        assertThat(json(made.resolve("docker/config.json")).path("credHelpers").has("quay.io"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://index.docker.io/v1/", "index.docker.io", "docker.io"})
    void namesTheUsersLoginToDockerHubAsEachToolLooksItUp(String key) throws IOException, InterruptedException {
        Files.createDirectory(home.resolve(".docker"));
        Files.writeString(
                home.resolve(".docker/config.json"),
                "{\"auths\":{\"" + key + "\":{\"auth\":\"" + base64("hub:h") + "\"}}}");

        Path made = write(GHCR);

        knows(made, "https://index.docker.io/v1/", "hub", "h");
        knows(made, "docker.io", "hub", "h");
        assertThat(json(made.resolve("docker/config.json")).path("credHelpers").fieldNames())
                .toIterable()
                .containsExactly("https://index.docker.io/v1/", "ghcr.io");
        assertThat(json(made.resolve("auth.json")).path("credHelpers").fieldNames())
                .toIterable()
                .containsExactly("docker.io", "ghcr.io");
    }

    @Test
    void writesItsFilesAnewForAnotherAttempt() throws IOException {
        write(HUB);

        Path made = write(GHCR);

        assertThat(json(made.resolve("auth.json")).path("credHelpers").fieldNames())
                .toIterable()
                .containsExactly("ghcr.io");
    }

    @Test
    void refusesAConfigurationThatIsTooLong() throws IOException {
        Files.createDirectory(home.resolve(".docker"));
        Path file = Files.writeString(home.resolve(".docker/config.json"), " ".repeat((1 << 20) + 1));

        assertThatThrownBy(() -> write(GHCR))
                .hasMessage(Shown.of(file.toString())
                        + " is longer than 1048576 bytes. It should be the configuration of docker or podman.");
    }
}
