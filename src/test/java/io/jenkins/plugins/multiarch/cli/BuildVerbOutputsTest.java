package io.jenkins.plugins.multiarch.cli;

import static io.jenkins.plugins.multiarch.cli.BuiltContext.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the verb build writes to, and that it foresees what it publishes. */
class BuildVerbOutputsTest {
    @TempDir
    private Path folder;

    private BuiltContext context;

    @BeforeEach
    void writeAContext() throws IOException {
        context = BuiltContext.in(folder);
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @Test
    void writesTheVeryImageItPushesToFiles() throws IOException {
        Path archive = folder.resolve("app.tar");
        Path layout = folder.resolve("layout");

        CommandLineRun run = context.build(
                "--image",
                context.app,
                "--platforms",
                "linux/amd64,linux/arm64",
                "--output",
                "oci-archive:" + archive,
                "--output",
                "oci:" + layout + ":1.4");

        String digest = run.out().strip().substring(run.out().indexOf('@') + 1);
        assertThat(run.err())
                .startsWith("Wrote %s to oci-archive:%s.\nWrote %s to oci:%s:1.4.\n"
                        .formatted(digest, archive, digest, layout));
        try (OciLayout first = OciLayout.open(archive);
                OciLayout second = OciLayout.open(layout)) {
            assertThat(first.image("").digest()).hasToString(digest);
            assertThat(second.image("1.4").digest()).hasToString(digest);
        }
    }

    @Test
    void buildsIntoAFileWithoutARegistry() {
        Path archive = folder.resolve("app.tar");

        CommandLineRun run =
                context.build("--platforms", "linux/amd64", "--output", "oci-archive:" + archive, "--json");

        JsonNode result = Json.read(run.bytes(), "The result");
        assertThat(result.path("digest").asText()).startsWith("sha256:");
        assertThat(result.at("/platforms/0/platform").asText()).isEqualTo("linux/amd64");
        assertThat(result.at("/outputs/0").asText()).isEqualTo("oci-archive:" + archive);
        assertThat(archive).exists();
        assertThat(context.registry.requests()).isEmpty();
    }

    @Test
    void showsByPlanWhatItWouldPushAndWrite() {
        Path archive = folder.resolve("app.tar");
        String[] arguments = {
            "--image",
            context.app,
            "--platforms",
            "linux/amd64,linux/arm64",
            "--tags",
            "1.4",
            "--output",
            "oci-archive:" + archive
        };

        CommandLineRun plan = context.build(with(arguments, "--plan"));

        assertThat(context.registry.manifests("acme/app")).isEmpty();
        assertThat(archive).doesNotExist();
        context.build(arguments);
        Digest digest = context.registry.tagged("acme/app", "1.4").orElseThrow();
        List<Digest> images = context.children(digest);
        assertThat(plan.err()).isEmpty();
        assertThat(plan.out())
                .isEqualTo("Would push linux/amd64 as %s@%s.\nWould push linux/arm64 as %s@%s.\n"
                                .formatted(context.app, images.get(0), context.app, images.get(1))
                        + "Would push the index %s to %s.\n".formatted(digest, context.app)
                        + "Would put tag 1.4 on %s; it is new.\n".formatted(digest)
                        + "Would write %s to oci-archive:%s.\n".formatted(digest, archive));
    }

    @Test
    void foreseesWritesAndPublishesOneIndexInTheOrderOfTheExpectedPlatforms() throws IOException {
        oneDigest("--platforms", "linux/amd64,linux/arm64", "--expected-platforms", "linux/arm64,linux/amd64");
    }

    @Test
    void foreseesWritesAndPublishesTheIndexOfOneExpectedPlatform() throws IOException {
        oneDigest("--platforms", "linux/amd64", "--expected-platforms", "linux/amd64");
    }

    @Test
    void foreseesWritesAndPublishesTheVersionOfASystem() throws IOException {
        Files.writeString(context.folder.resolve("Dockerfile"), "FROM --platform=windows(10.0.1)/amd64 scratch\n");

        oneDigest("--platforms", "windows/amd64", "--expected-platforms", "windows/amd64");
    }

    private void oneDigest(String... arguments) throws IOException {
        Path layout = folder.resolve("layout");
        String[] all =
                with(new String[] {"--image", context.app, "--tags", "1.4", "--output", "oci:" + layout}, arguments);

        CommandLineRun plan = context.build(with(all, "--plan"));
        CommandLineRun run = context.build(all);

        assertThat(run.code()).as(run.err()).isZero();
        Digest published = context.registry.tagged("acme/app", "1.4").orElseThrow();
        assertThat(plan.out()).contains("Would push the index " + published);
        try (OciLayout written = OciLayout.open(layout)) {
            assertThat(written.image("").digest()).isEqualTo(published);
        }
    }

    @Test
    void writesNothingWhereAnExpectedPlatformIsMissing() {
        Path layout = folder.resolve("layout");

        CommandLineRun run = context.build(
                "--platforms", "linux/amd64", "--expected-platforms", "linux/arm64", "--output", "oci:" + layout);

        assertThat(run.err())
                .isEqualTo("The index of oci:" + layout + " was not published: linux/arm64 is missing; there is"
                        + " linux/amd64. Build what is missing, or take it from the expected platforms.\n");
        assertThat(layout).doesNotExist();
    }

    @Test
    void setsNoTagWhereAnExpectedPlatformIsMissing() {
        CommandLineRun run = context.build(
                "--image",
                context.app,
                "--platforms",
                "linux/amd64",
                "--tags",
                "1.4",
                "--expected-platforms",
                "linux/amd64,linux/arm64");

        assertThat(run.err())
                .endsWith("The index of " + context.app
                        + " was not published: linux/arm64 is missing; there is linux/amd64. Build what"
                        + " is missing, or take it from the expected platforms.\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(context.registry.tags("acme/app")).isEmpty();
    }

    @Test
    void refusesToBuildForNowhere() {
        context.wrong(
                "Say where the image goes: --image for a registry (tags need it), --output for a file.",
                "--platforms",
                "linux/amd64");
    }

    @Test
    void refusesAnOutputThatIsNoLayout() {
        context.wrong(
                "'docker-archive:app.tar' is not an output. Write oci:FOLDER or oci-archive:FILE.",
                "--platforms",
                "linux/amd64",
                "--output",
                "docker-archive:app.tar");
    }
}
