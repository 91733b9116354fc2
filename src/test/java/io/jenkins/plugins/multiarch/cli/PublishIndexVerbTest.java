package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublishIndexVerbTest {
    private FakeRegistry registry;
    private ImageManifest amd64;
    private ImageManifest arm64;
    private String app;

    @BeforeEach
    void pushTwoPlatforms() {
        registry = FakeRegistry.start();
        app = registry.address() + "/acme/app";
        amd64 = registry.addImageManifest("acme/app", "1.4", "linux/amd64");
        arm64 = registry.addImageManifest("acme/app", "1.4", "linux/arm64");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void publishesAndPrintsTheReference() {
        Digest digest = index(Map.of());

        CommandLineRun run = publish("--tags", "1.4,latest", "--expected-platforms", "linux/amd64,linux/arm64");

        assertThat(run.out()).isEqualTo(app + "@" + digest + "\n");
        assertThat(run.err())
                .isEqualTo("Pushed the index %s of linux/amd64, linux/arm64 to %s.\n".formatted(digest, app)
                        + "Put tag 1.4 on %s.\nPut tag latest on %s.\n".formatted(digest, digest));
        assertThat(run.code()).isZero();
        assertThat(registry.tagged("acme/app", "latest")).contains(digest);
    }

    @Test
    void printsTheSameAsJson() {
        Digest digest = index(Map.of("org.opencontainers.image.version", "1.4"));

        CommandLineRun run = publish("--tags", "1.4", "--annotation", "org.opencontainers.image.version=1.4", "--json");

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
                          ]
                        }
                        """.formatted(
                app, digest, app, digest, amd64.digest(), amd64.bytes().length, arm64.digest(), arm64.bytes().length));
    }

    @Test
    void refusesWhereAPlatformIsMissing() {
        CommandLineRun run = publish("--tags", "1.4", "--expected-platforms", "linux/amd64,linux/arm64,linux/s390x");

        assertThat(run.err())
                .isEqualTo("The index of " + app + " was not published: linux/s390x is missing; there is linux/amd64,"
                        + " linux/arm64. Build what is missing, or take it from the expected platforms.\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(1);
        assertThat(registry.tags("acme/app")).isEmpty();
    }

    @Test
    void refusesToMoveATagThatIsImmutable() {
        registry.addIndex("acme/app", "1.4", amd64.descriptor());
        Digest there = registry.tagged("acme/app", "1.4").orElseThrow();

        CommandLineRun run = publish("--tags", "1.4", "--immutable-tags");

        assertThat(run.err())
                .isEqualTo("Tag 1.4 of %s is not moved: it stands on %s already, and the index is %s. Choose a tag that"
                                .formatted(app, there, index(Map.of()))
                        + " is not there yet; to move this one on purpose, promote the image to it.\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(registry.tagged("acme/app", "1.4")).contains(there);
    }

    @Test
    void addsAPlatformToAnImageThatStands() {
        registry.addIndex("acme/app", "1.4", amd64.descriptor().withPlatform(Platform.parse("linux/amd64")));

        CommandLineRun run = CommandLineRun.of(
                "publish-index",
                "--image",
                app,
                "--append",
                app + ":1.4",
                "--images",
                "linux/arm64=" + app + "@" + arm64.digest(),
                "--tags",
                "1.4");

        assertThat(run.out()).isEqualTo(app + "@" + index(Map.of()) + "\n");
        assertThat(registry.tagged("acme/app", "1.4")).contains(index(Map.of()));
    }

    @Test
    void refusesAnIndexWithoutImages() {
        ImageIndex empty = registry.addIndex("acme/app", "empty");

        CommandLineRun run = CommandLineRun.of("publish-index", "--image", app, "--images", app + "@" + empty.digest());

        assertThat(run.err())
                .isEqualTo(app + "@" + empty.digest()
                        + " is an index without images. Build it again, and look at its log.\n");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void refusesIndexesThatHideTheirImages() {
        ImageIndex index = registry.addIndex("acme/app", "nested", amd64.descriptor());
        for (int depth = 0; depth < 4; depth++) {
            index = registry.addIndex("acme/app", "nested", index.descriptor());
        }

        CommandLineRun run = CommandLineRun.of("publish-index", "--image", app, "--images", app + "@" + index.digest());

        assertThat(run.err())
                .isEqualTo(app + "@" + index.digest()
                        + " has more than 4 indexes inside each other. Give the digests of its" + " images instead.\n");
        assertThat(run.code()).isEqualTo(1);
    }

    private CommandLineRun publish(String... more) {
        String images = "linux/amd64=" + app + "@" + amd64.digest() + "," + app + "@" + arm64.digest();
        return CommandLineRun.of(
                Stream.concat(Stream.of("publish-index", "--image", app, "--images", images), Stream.of(more))
                        .toArray(String[]::new));
    }

    private Digest index(Map<String, String> annotations) {
        return ImageIndex.of(
                        List.of(
                                amd64.descriptor().withPlatform(Platform.parse("linux/amd64")),
                                arm64.descriptor().withPlatform(Platform.parse("linux/arm64"))),
                        annotations)
                .digest();
    }
}
