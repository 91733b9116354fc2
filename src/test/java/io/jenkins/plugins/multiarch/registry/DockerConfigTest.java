package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerConfigTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "ghcr.io, ghcr.io/acme/app",
        "https://ghcr.io, ghcr.io/acme/app",
        "https://ghcr.io/v2/, ghcr.io/acme/app",
        "http://ghcr.io/, ghcr.io/acme/app",
        "ghcr.io/acme, ghcr.io/acme/app",
        "ghcr.io/acme/app, ghcr.io/acme/app",
        "https://index.docker.io/v1/, busybox",
        "docker.io, docker.io/acme/app",
        "index.docker.io, acme/app",
        "127.0.0.1:5000, 127.0.0.1:5000/app",
    })
    void findsTheEntryHoweverItsKeyIsWritten(String key, String repository) throws Exception {
        DockerConfig config = config("{\"auths\":{\"" + key + "\":{\"auth\":\"" + base64("ci:pa:ss") + "\"}}}");

        assertThat(config.find(Repository.parse(repository))).contains(Credentials.password("ci", "pa:ss"));
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io, quay.io/acme/app",
        "ghcr.io/ac, ghcr.io/acme/app",
        "127.0.0.1, 127.0.0.1:5000/app",
        "evil-ghcr.io, ghcr.io/acme/app"
    })
    void givesNothingToAnotherPlace(String key, String repository) throws Exception {
        DockerConfig config = config("{\"auths\":{\"" + key + "\":{\"auth\":\"" + base64("ci:secret") + "\"}}}");

        assertThat(config.find(Repository.parse(repository))).isEmpty();
    }

    @Test
    void prefersTheEntryOfTheLongestPath() throws Exception {
        DockerConfig config = config("{\"auths\":{\"ghcr.io\":{\"auth\":\"" + base64("a:1")
                + "\"},\"ghcr.io/acme\":{\"auth\":\"" + base64("b:2") + "\"}}}");

        assertThat(config.find(Repository.parse("ghcr.io/acme/app"))).contains(Credentials.password("b", "2"));
        assertThat(config.find(Repository.parse("ghcr.io/other/app"))).contains(Credentials.password("a", "1"));
    }

    @Test
    void takesAnIdentityTokenBeforeAPassword() throws Exception {
        DockerConfig config =
                config("{\"auths\":{\"a.io\":{\"auth\":\"" + base64("00000000:") + "\",\"identitytoken\":\"eyJ\"}}}");

        assertThat(config.find(Repository.parse("a.io/x"))).contains(Credentials.identityToken("eyJ"));
    }

    @Test
    void asksTheHelperOfTheRegistry() throws Exception {
        Path helper = helper("cat >\"$0.asked\"; echo '{\"Username\":\"ci\",\"Secret\":\"s3cret\"}'");
        CredentialHelper asked = helped("fake");

        assertThat(asked.get("ghcr.io")).contains(Credentials.password("ci", "s3cret"));
        assertThat(Path.of(helper + ".asked")).hasContent("ghcr.io");
    }

    @Test
    void takesATokenUserOfAHelperForAnIdentityToken() throws Exception {
        helper("echo '{\"Username\":\"<token>\",\"Secret\":\"eyJ\"}'");

        assertThat(helped("fake").get("a.io")).contains(Credentials.identityToken("eyJ"));
    }

    @Test
    void asksAnonymouslyWhereTheHelperKnowsNothing() throws Exception {
        helper("echo 'credentials not found in native keychain'; exit 1");

        assertThat(helped("fake").get("a.io")).isEmpty();
    }

    @Test
    void saysThatAHelperFailedWithoutItsOutput() throws Exception {
        helper("echo 'secret: hunter2'; exit 3");

        assertThatThrownBy(() -> helped("fake").get("a.io"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("docker-credential-fake failed with exit code 3 when asked for a.io. Run it by hand to see"
                        + " why; its output is not shown here because it may hold secrets.");
    }

    @Test
    void saysThatAHelperIsMissing() {
        assertThatThrownBy(() -> helped("absent").get("a.io"))
                .hasMessage("docker-credential-absent could not be asked for credentials. Install it on the search"
                        + " path, or take it out of docker's config.json.");
    }

    @Test
    void refusesAHelperThatIsAPath() throws Exception {
        DockerConfig config = config("{\"credsStore\":\"../../bin/sh\"}");

        assertThatThrownBy(() -> config.find(Repository.parse("a.io/x")))
                .hasMessage("'../../bin/sh' is not the name of a credential helper. Write what follows"
                        + " docker-credential-, as in pass or ecr-login.");
    }

    @Test
    void saysThatAnEntryCannotBeReadWithoutShowingIt() throws Exception {
        DockerConfig config = config("{\"auths\":{\"a.io\":{\"auth\":\"hunter2!\"}}}");

        assertThatThrownBy(() -> config.find(Repository.parse("a.io/x")))
                .hasMessage("An 'auth' in config.json is not user:password in Base64. Log in again with docker login.")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void refusesAFileThatIsNoConfiguration() throws Exception {
        Path file = Files.writeString(folder.resolve("config.json"), "{\"auths\": hunter2}");

        assertThatThrownBy(() -> DockerConfig.read(file))
                .hasMessage("config.json is not a JSON object we can use: it cannot be read past line 1, column 19."
                        + " Make it again with the tool that wrote it.");
    }

    @Test
    void refusesAFileThatIsFarTooLong() throws Exception {
        Path file = Files.writeString(folder.resolve("config.json"), " ".repeat(1024 * 1024 + 1));

        assertThatThrownBy(() -> DockerConfig.read(file))
                .hasMessage(
                        "config.json is longer than 1048576 bytes. Name a file in the format of docker's config.json.");
    }

    @Test
    void readsTheFileThatDockerReads() throws Exception {
        config("{\"auths\":{\"a.io\":{\"username\":\"ci\",\"password\":\"secret\"}}}");

        CredentialSource source = DockerConfig.ofUser(Map.of("DOCKER_CONFIG", folder.toString()), Path.of("/nowhere"));

        assertThat(source.find(Repository.parse("a.io/x"))).contains(Credentials.password("ci", "secret"));
    }

    @Test
    void isAnonymousWhereDockerWasNeverUsed() throws Exception {
        assertThat(DockerConfig.ofUser(Map.of(), folder)).isSameAs(CredentialSource.ANONYMOUS);
    }

    @Test
    void neverShowsASecretAsText() {
        assertThat(Credentials.password("ci", "hunter2")).hasToString("ci:********");
        assertThat(Credentials.identityToken("hunter2")).hasToString("<token>:********");
    }

    @Test
    void doesNotWaitForeverForAHelper() throws Exception {
        helper("exec tail -f /dev/null");
        CredentialHelper silent = new CredentialHelper("fake", folder.toString(), Duration.ofMillis(50));

        assertThatThrownBy(() -> silent.get("a.io"))
                .hasMessage("docker-credential-fake gave no answer within 0 s. Run it by hand; it may be waiting for a"
                        + " person.");
    }

    private CredentialHelper helped(String name) {
        return new CredentialHelper(name, folder.toString(), Duration.ofMinutes(1));
    }

    private DockerConfig config(String json) throws IOException {
        return DockerConfig.read(Files.writeString(folder.resolve("config.json"), json));
    }

    private Path helper(String script) throws IOException {
        Path file = folder.resolve("docker-credential-fake");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
