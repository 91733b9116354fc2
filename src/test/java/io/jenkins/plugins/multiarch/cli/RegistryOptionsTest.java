package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryOptionsTest {
    private static final String SECRET = "correct-horse-battery-staple";

    @TempDir
    private Path folder;

    @Test
    void takesCredentialsFromAFile() throws IOException {
        try (FakeRegistry registry =
                FakeRegistry.builder().withBasicAuth("ci", SECRET).start()) {
            registry.addImage("acme/app", "1.4", "linux/amd64");
            Path file = config(registry.address(), SECRET);

            CommandLineRun run = CommandLineRun.of(
                    "inspect", registry.address() + "/acme/app:1.4", "--credentials-file", file.toString());

            assertThat(run.code()).isZero();
            assertThat(run.out() + run.err()).doesNotContain(SECRET);
        }
    }

    @Test
    void takesDockersOwnCredentialsWithoutAFlag() throws IOException {
        try (FakeRegistry registry =
                FakeRegistry.builder().withBearerTokens("ci", SECRET).start()) {
            registry.addImage("acme/app", "1.4", "linux/amd64");
            Path file = config(registry.address(), SECRET);

            CommandLineRun run = CommandLineRun.with(
                    Map.of("DOCKER_CONFIG", file.getParent().toString()),
                    "inspect",
                    registry.address() + "/acme/app:1.4");

            assertThat(run.code()).isZero();
        }
    }

    @Test
    void neverShowsASecretThatIsRefused() throws IOException {
        try (FakeRegistry registry =
                FakeRegistry.builder().withBasicAuth("ci", SECRET).start()) {
            Path file = config(registry.address(), "wrong-" + SECRET);

            CommandLineRun run = CommandLineRun.of(
                    "inspect", registry.address() + "/acme/app:1.4", "--credentials-file", file.toString(), "--debug");

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err())
                    .contains("user 'ci'")
                    .doesNotContain(SECRET)
                    .doesNotContain(encoded("wrong-" + SECRET));
        }
    }

    @Test
    void trustsTheAuthorityNamed() throws IOException {
        try (FakeRegistry registry = FakeRegistry.builder().withTls().start()) {
            registry.addImage("acme/app", "1.4", "linux/amd64");
            Path authority = Files.writeString(folder.resolve("ca.crt"), registry.authority());
            String image = registry.address() + "/acme/app:1.4";

            assertThat(CommandLineRun.of("inspect", image).code()).isEqualTo(1);
            assertThat(CommandLineRun.of("inspect", image, "--ca-certificate", authority.toString())
                            .code())
                    .isZero();
        }
    }

    @Test
    void handsItsFlagsOnToOtherCommands() {
        RegistryOptions options = new RegistryOptions();
        new picocli.CommandLine(new Holder(options))
                .parseArgs(
                        "--credentials-file",
                        "auth.json",
                        "--plain-http",
                        "a:1",
                        "--plain-http",
                        "b",
                        "--ca-certificate",
                        "c");

        assertThat(options.arguments())
                .containsExactly(
                        "--credentials-file",
                        "auth.json",
                        "--plain-http",
                        "a:1",
                        "--plain-http",
                        "b",
                        "--ca-certificate",
                        "c");
    }

    @picocli.CommandLine.Command
    private static final class Holder {
        @picocli.CommandLine.Mixin
        private final RegistryOptions options;

        Holder(RegistryOptions options) {
            this.options = options;
        }
    }

    private Path config(String registry, String password) throws IOException {
        return Files.writeString(
                folder.resolve("config.json"),
                "{\"auths\":{\"" + registry + "\":{\"auth\":\"" + encoded(password) + "\"}}}");
    }

    private static String encoded(String password) {
        return Base64.getEncoder().encodeToString(("ci:" + password).getBytes(StandardCharsets.UTF_8));
    }
}
