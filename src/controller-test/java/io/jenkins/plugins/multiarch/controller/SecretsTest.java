package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the secrets of a build are not, while it runs and after. */
class SecretsTest {
    private static final String TEXT = "text-" + UUID.randomUUID();
    private static final String FILE = "file-" + UUID.randomUUID();
    private static final List<String> TRACES = List.of(TEXT, FILE, base64(TEXT), base64(FILE));

    @TempDir
    private static Path home;

    @TempDir
    private Path copy;

    @AutoClose
    private static TwoArchitectures all;

    private static String base64(String secret) {
        return Base64.getEncoder().withoutPadding().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    }

    @BeforeAll
    static void startTheController() throws Exception {
        all = TwoArchitectures.start(home);
        all.addCredentials(
                "new StringCredentialsImpl(CredentialsScope.GLOBAL, 'text', '', hudson.util.Secret.fromString('" + TEXT
                        + "'))");
        all.addCredentials("new FileCredentialsImpl(CredentialsScope.GLOBAL, 'file', '', 'key',"
                + " SecretBytes.fromBytes('" + FILE + "'.bytes))");
    }

    @ParameterizedTest
    @ValueSource(strings = {"buildx", "docker", "buildah", "podman"})
    void secretsLeaveNoTrace(String builder) throws Exception {
        TwoArchitectures.require(builder);
        String dockerfile = "FROM " + all.base()
                + "\nRUN --mount=type=secret,id=text --mount=type=secret,id=file"
                + " sha256sum < /run/secrets/text > /sums && sha256sum < /run/secrets/file >> /sums && sleep 2 && : "
                + UUID.randomUUID()
                + "\nCMD [\"cat\", \"/sums\"]\n";
        JenkinsClient.Build build;
        ArgumentLists seen = ArgumentLists.watch();
        try (seen) {
            build = all.client()
                    .run(
                            "secret-" + builder,
                            TwoArchitectures.stash("source", dockerfile)
                                    + """
                            def image = buildMultiArch image: '%s', builder: '%s', source: 'stash:source', tags: ['1.0'],
                                secrets: [text: 'text', file: 'file'], outputs: ['registry', 'oci-archive:app'], %s
                            %s
                            """.formatted(
                                                    all.newRepository(),
                                                    builder,
                                                    TwoArchitectures.ARGUMENTS,
                                                    TwoArchitectures.SAY_IMAGE));
        }

        Published image = new Published(build.said("IMAGE").path("reference").asText());
        for (String platform : TwoArchitectures.PLATFORMS) {
            assertThat(image.run(platform)).isEqualTo(sum(TEXT) + "  -\n" + sum(FILE) + "  -\n");
        }
        assertThat(seen.all()).anyMatch(arguments -> arguments.contains("--secret"));
        assertThat(seen.all()).noneMatch(SecretsTest::hasTrace);
        assertThat(hasTrace(build.log())).isFalse();
        image.copyTo(copy);
        assertThat(filesWithTraces(copy)).isEmpty();
        assertThat(filesWithTraces(all.home())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"buildx", "buildah"})
    void neitherDoesABuildThatFails(String builder) throws Exception {
        String dockerfile = "FROM " + all.base()
                + "\nRUN --mount=type=secret,id=text --mount=type=secret,id=file"
                + " cat /run/secrets/text /run/secrets/file | wc -c && false\n";

        JenkinsClient.Build build = all.client()
                .run(
                        "failing-" + builder,
                        TwoArchitectures.stash("source", dockerfile)
                                + """
                        buildMultiArch image: '%s', builder: '%s', source: 'stash:source',
                            secrets: [text: 'text', file: 'file'], %s
                        """.formatted(all.newRepository(), builder, TwoArchitectures.ARGUMENTS));

        assertThat(build.result()).isEqualTo("FAILURE");
        assertThat(build.log()).contains(String.valueOf(TEXT.length() + FILE.length()));
        assertThat(hasTrace(build.log())).isFalse();
        assertThat(filesWithTraces(all.home())).isEmpty();
    }

    private static String sum(String secret) {
        return Digest.sha256(secret.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static boolean hasTrace(String text) {
        return TRACES.stream().anyMatch(text::contains);
    }

    private static List<Path> filesWithTraces(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(SecretsTest::hasTrace)
                    .toList();
        }
    }

    private static boolean hasTrace(Path file) {
        try {
            return hasTrace(new String(content(file), StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            return false;
        }
    }

    /** Layers are compressed, and so are old logs. */
    private static byte[] content(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length < 2 || bytes[0] != 0x1F || bytes[1] != (byte) 0x8B) {
            return bytes;
        }
        return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
    }
}
