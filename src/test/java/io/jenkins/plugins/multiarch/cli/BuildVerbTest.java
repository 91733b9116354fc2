package io.jenkins.plugins.multiarch.cli;

import static io.jenkins.plugins.multiarch.cli.BuiltContext.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildVerbTest {
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
    void pushesAnIndexOfAllPlatformsAndPrintsItsReference() {
        CommandLineRun run =
                context.build("--image", context.app, "--platforms", "linux/amd64,linux/arm64", "--tags", "1.4,latest");

        assertThat(run.code()).as(run.err()).isZero();
        Digest digest = context.registry.tagged("acme/app", "1.4").orElseThrow();
        List<Digest> images = context.children(digest);
        assertThat(run.out()).isEqualTo(context.app + "@" + digest + "\n");
        assertThat(run.err())
                .isEqualTo("Pushed linux/amd64 as %s@%s.\nPushed linux/arm64 as %s@%s.\n"
                                .formatted(context.app, images.get(0), context.app, images.get(1))
                        + "Pushed the index %s of linux/amd64, linux/arm64 to %s.\n".formatted(digest, context.app)
                        + "Put tag 1.4 on %s.\nPut tag latest on %s.\n".formatted(digest, digest));
    }

    @Test
    void printsTheSameAsJson() {
        CommandLineRun run = context.build(
                "--image", context.app, "--platforms", "linux/amd64,linux/arm64", "--tags", "1.4", "--json");

        Digest digest = context.registry.tagged("acme/app", "1.4").orElseThrow();
        List<Digest> images = context.children(digest);
        assertThat(run.out()).isEqualTo("""
                        {
                          "reference" : "%s@%s",
                          "repository" : "%s",
                          "digest" : "%s",
                          "tags" : [
                            "1.4"
                          ],
                          "platforms" : [
                            {
                              "platform" : "linux/amd64",
                              "digest" : "%s",
                              "size" : %d,
                              "attestations" : [ ]
                            },
                            {
                              "platform" : "linux/arm64",
                              "digest" : "%s",
                              "size" : %d,
                              "attestations" : [ ]
                            }
                          ],
                          "outputs" : [ ]
                        }
                        """.formatted(
                        context.app,
                        digest,
                        context.app,
                        digest,
                        images.get(0),
                        context.size(images.get(0)),
                        images.get(1),
                        context.size(images.get(1))));
    }

    @Test
    void pushesAnImageOfOnePlatformAsItIs() {
        CommandLineRun run = context.build("--image", context.app, "--platforms", "linux/arm64", "--tags", "1.4");

        Digest digest = context.registry.tagged("acme/app", "1.4").orElseThrow();
        assertThat(context.registry.manifests("acme/app")).containsExactly(digest);
        assertThat(run.out()).isEqualTo(context.app + "@" + digest + "\n");
        assertThat(run.err())
                .isEqualTo("Pushed linux/arm64 as %s@%s.\nAdded %s:1.4 at %s.\n"
                        .formatted(context.app, digest, context.app, digest));
    }

    @Test
    void putsAnnotationsOnTheIndexAndItsImages() {
        context.build(
                "--image",
                context.app,
                "--platforms",
                "linux/amd64,linux/arm64",
                "--tags",
                "1.4",
                "--annotation",
                "index,manifest:a=1",
                "--annotation",
                "b=2",
                "--annotation",
                "manifest-descriptor:c=3");

        ImageIndex index = (ImageIndex)
                context.manifest(context.registry.tagged("acme/app", "1.4").orElseThrow());
        assertThat(index.annotations()).isEqualTo(Map.of("a", "1"));
        assertThat(index.manifests().get(1).annotations()).isEqualTo(Map.of("c", "3"));
        assertThat(context.manifest(index.manifests().get(1).digest()).annotations())
                .isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void refusesAnAnnotationOfAnIndexThatIsNotMade() {
        CommandLineRun run =
                context.build("--image", context.app, "--platforms", "linux/amd64", "--annotation", "index:a=1");

        assertThat(run.err())
                .isEqualTo("An annotation of an index was given, and of one platform no index is made. Leave it out, or"
                        + " name the expected platforms to have an index.\n");
        assertThat(context.registry.manifests("acme/app")).isEmpty();
    }

    @Test
    void handsArgumentsLabelsAndTheTimeToTheBuilder() {
        context.build(
                "--image",
                context.app,
                "--platforms",
                "linux/amd64",
                "--tags",
                "1.4",
                "--build-arg",
                "VERSION=1.4",
                "--label",
                "team=blue",
                "--annotation",
                "org.example.note=yes",
                "--source-date-epoch",
                "1767225600",
                "--target",
                "base");

        Manifest image =
                context.manifest(context.registry.tagged("acme/app", "1.4").orElseThrow());
        assertThat(image.annotations()).containsEntry("org.example.note", "yes");
        CommandLineRun shown = CommandLineRun.of("inspect", context.app + ":1.4");
        assertThat(shown.out()).contains("Note:     org.example.note = yes");
        JsonNode config = context.config(image);
        assertThat(config.path("created").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(config.at("/config/Labels/version").asText()).isEqualTo("1.4");
        assertThat(config.at("/config/Labels/team").asText()).isEqualTo("blue");
        assertThat(config.at("/config/Entrypoint").isMissingNode()).isTrue();
    }

    @Test
    void takesTheTimeFromTheEnvironmentToo() {
        String[] arguments = {"--image", context.app, "--platforms", "linux/amd64", "--tags", "1.4"};

        CommandLineRun run = CommandLineRun.with(
                Map.of("SOURCE_DATE_EPOCH", "1767225600"),
                with(arguments, "build", "--context", context.folder.toString()));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(context.config(context.manifest(
                                context.registry.tagged("acme/app", "1.4").orElseThrow()))
                        .path("created")
                        .asText())
                .isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void refusesAContextThatIsNoFolder() {
        String file = context.folder.resolve("greeting.txt").toString();

        CommandLineRun run = CommandLineRun.of(
                "build",
                "--context",
                file,
                "--dockerfile",
                context.folder.resolve("Dockerfile").toString(),
                "--image",
                context.app,
                "--platforms",
                "linux/amd64");

        assertThat(run.err())
                .isEqualTo(
                        "The context " + file + " is not a folder. Give the folder that the Dockerfile copies from.\n");
        assertThat(run.code()).isEqualTo(1);
    }
}
