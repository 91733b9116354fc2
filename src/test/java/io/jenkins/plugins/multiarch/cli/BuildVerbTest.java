package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.layout.OciLayout;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildVerbTest {
    @TempDir
    private Path folder;

    private FakeRegistry registry;
    private Path context;
    private String app;

    @BeforeEach
    void write() throws IOException {
        registry = FakeRegistry.start();
        app = registry.address() + "/acme/app";
        context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("greeting.txt"), "hello\n");
        Files.writeString(context.resolve("Dockerfile"), """
                FROM scratch AS base
                ARG TARGETARCH
                ARG VERSION=none
                LABEL arch=$TARGETARCH version=$VERSION
                COPY --chmod=0644 greeting.txt /greeting.txt
                FROM base
                ENTRYPOINT ["/greeting.txt"]
                """);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void pushesAnIndexOfAllPlatformsAndPrintsItsReference() {
        CommandLineRun run = build("--image", app, "--platforms", "linux/amd64,linux/arm64", "--tags", "1.4,latest");

        assertThat(run.code()).as(run.err()).isZero();
        Digest digest = registry.tagged("acme/app", "1.4").orElseThrow();
        List<Digest> images = children(digest);
        assertThat(run.out()).isEqualTo(app + "@" + digest + "\n");
        assertThat(run.err())
                .isEqualTo("Pushed linux/amd64 as %s@%s.\nPushed linux/arm64 as %s@%s.\n"
                                .formatted(app, images.get(0), app, images.get(1))
                        + "Pushed the index %s of linux/amd64, linux/arm64 to %s.\n".formatted(digest, app)
                        + "Put tag 1.4 on %s.\nPut tag latest on %s.\n".formatted(digest, digest));
    }

    @Test
    void printsTheSameAsJson() {
        CommandLineRun run = build("--image", app, "--platforms", "linux/amd64,linux/arm64", "--tags", "1.4", "--json");

        Digest digest = registry.tagged("acme/app", "1.4").orElseThrow();
        List<Digest> images = children(digest);
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
                app, digest, app, digest, images.get(0), size(images.get(0)), images.get(1), size(images.get(1))));
    }

    @Test
    void pushesAnImageOfOnePlatformAsItIs() {
        CommandLineRun run = build("--image", app, "--platforms", "linux/arm64", "--tags", "1.4");

        Digest digest = registry.tagged("acme/app", "1.4").orElseThrow();
        assertThat(registry.manifests("acme/app")).containsExactly(digest);
        assertThat(run.out()).isEqualTo(app + "@" + digest + "\n");
        assertThat(run.err())
                .isEqualTo("Pushed linux/arm64 as %s@%s.\nAdded %s:1.4 at %s.\n".formatted(app, digest, app, digest));
    }

    @Test
    void writesTheVeryImageItPushesToFiles() throws IOException {
        Path archive = folder.resolve("app.tar");
        Path layout = folder.resolve("layout");

        CommandLineRun run = build(
                "--image",
                app,
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

        CommandLineRun run = build("--platforms", "linux/amd64", "--output", "oci-archive:" + archive, "--json");

        JsonNode result = Json.read(run.bytes(), "The result");
        assertThat(result.path("digest").asText()).startsWith("sha256:");
        assertThat(result.at("/platforms/0/platform").asText()).isEqualTo("linux/amd64");
        assertThat(result.at("/outputs/0").asText()).isEqualTo("oci-archive:" + archive);
        assertThat(archive).exists();
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void showsByPlanWhatItWouldPushAndWrite() {
        Path archive = folder.resolve("app.tar");
        String[] arguments = {
            "--image",
            app,
            "--platforms",
            "linux/amd64,linux/arm64",
            "--tags",
            "1.4",
            "--output",
            "oci-archive:" + archive
        };

        CommandLineRun plan = build(with(arguments, "--plan"));

        assertThat(registry.manifests("acme/app")).isEmpty();
        assertThat(archive).doesNotExist();
        build(arguments);
        Digest digest = registry.tagged("acme/app", "1.4").orElseThrow();
        List<Digest> images = children(digest);
        assertThat(plan.err()).isEmpty();
        assertThat(plan.out())
                .isEqualTo("Would push linux/amd64 as %s@%s.\nWould push linux/arm64 as %s@%s.\n"
                                .formatted(app, images.get(0), app, images.get(1))
                        + "Would push the index %s to %s.\n".formatted(digest, app)
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
        Files.writeString(context.resolve("Dockerfile"), "FROM --platform=windows(10.0.1)/amd64 scratch\n");

        oneDigest("--platforms", "windows/amd64", "--expected-platforms", "windows/amd64");
    }

    private void oneDigest(String... arguments) throws IOException {
        Path layout = folder.resolve("layout");
        String[] all = with(new String[] {"--image", app, "--tags", "1.4", "--output", "oci:" + layout}, arguments);

        CommandLineRun plan = build(with(all, "--plan"));
        CommandLineRun run = build(all);

        assertThat(run.code()).as(run.err()).isZero();
        Digest published = registry.tagged("acme/app", "1.4").orElseThrow();
        assertThat(plan.out()).contains("Would push the index " + published);
        try (OciLayout written = OciLayout.open(layout)) {
            assertThat(written.image("").digest()).isEqualTo(published);
        }
    }

    @Test
    void writesNothingWhereAnExpectedPlatformIsMissing() {
        Path layout = folder.resolve("layout");

        CommandLineRun run =
                build("--platforms", "linux/amd64", "--expected-platforms", "linux/arm64", "--output", "oci:" + layout);

        assertThat(run.err())
                .isEqualTo("The index of oci:" + layout + " was not published: linux/arm64 is missing; there is"
                        + " linux/amd64. Build what is missing, or take it from the expected platforms.\n");
        assertThat(layout).doesNotExist();
    }

    @Test
    void putsAnnotationsOnTheIndexAndItsImages() {
        build(
                "--image",
                app,
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

        ImageIndex index =
                (ImageIndex) manifest(registry.tagged("acme/app", "1.4").orElseThrow());
        assertThat(index.annotations()).isEqualTo(Map.of("a", "1"));
        assertThat(index.manifests().get(1).annotations()).isEqualTo(Map.of("c", "3"));
        assertThat(manifest(index.manifests().get(1).digest()).annotations()).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void refusesAnAnnotationOfAnIndexThatIsNotMade() {
        CommandLineRun run = build("--image", app, "--platforms", "linux/amd64", "--annotation", "index:a=1");

        assertThat(run.err())
                .isEqualTo("An annotation of an index was given, and of one platform no index is made. Leave it out, or"
                        + " name the expected platforms to have an index.\n");
        assertThat(registry.manifests("acme/app")).isEmpty();
    }

    @Test
    void handsArgumentsLabelsAndTheTimeToTheBuilder() {
        build(
                "--image",
                app,
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

        Manifest image = manifest(registry.tagged("acme/app", "1.4").orElseThrow());
        assertThat(image.annotations()).containsEntry("org.example.note", "yes");
        CommandLineRun shown = CommandLineRun.of("inspect", app + ":1.4");
        assertThat(shown.out()).contains("Note:     org.example.note = yes");
        JsonNode config = config(image);
        assertThat(config.path("created").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(config.at("/config/Labels/version").asText()).isEqualTo("1.4");
        assertThat(config.at("/config/Labels/team").asText()).isEqualTo("blue");
        assertThat(config.at("/config/Entrypoint").isMissingNode()).isTrue();
    }

    @Test
    void takesTheTimeFromTheEnvironmentToo() {
        String[] arguments = {"--image", app, "--platforms", "linux/amd64", "--tags", "1.4"};

        CommandLineRun run = CommandLineRun.with(
                Map.of("SOURCE_DATE_EPOCH", "1767225600"), with(arguments, "build", "--context", context.toString()));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(config(manifest(registry.tagged("acme/app", "1.4").orElseThrow()))
                        .path("created")
                        .asText())
                .isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void setsNoTagWhereAnExpectedPlatformIsMissing() {
        CommandLineRun run = build(
                "--image",
                app,
                "--platforms",
                "linux/amd64",
                "--tags",
                "1.4",
                "--expected-platforms",
                "linux/amd64,linux/arm64");

        assertThat(run.err())
                .endsWith("The index of " + app
                        + " was not published: linux/arm64 is missing; there is linux/amd64. Build what"
                        + " is missing, or take it from the expected platforms.\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(registry.tags("acme/app")).isEmpty();
    }

    @Test
    void saysWhichBuildersThereAre() throws IOException {
        CommandLineRun run = engines("", "--builder", "buildah");

        assertThat(run.err())
                .isEqualTo(
                        "The builder buildah is not on this machine; it has none but daemonless. Install it there, or take"
                                + " another builder.\n");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void leavesItToTheDaemonlessBuilderWhereThereIsNoOther() throws IOException {
        CommandLineRun run = engines("", "--builder", "auto");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("Building linux/amd64 by daemonless. There is no docker, no buildah and no podman here.\n")
                .contains("Pushed linux/amd64 as " + app + "@");
    }

    @Test
    void saysThatABuilderFailed() throws IOException {
        CommandLineRun run = engines("echo no space left; exit 7", "--builder", "buildah");

        assertThat(run.err())
                .contains("Building linux/amd64 by buildah 1.28.2. It was asked for.\n")
                .endsWith(
                        "no space left\nThe builder buildah could not build linux/amd64: it ended with 7. What it said is"
                                + " above.\n");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void givesBuildersTheSecretsByName() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret,file"), "s");

        CommandLineRun run = engines(
                "echo \"$@\" \"$MULTIARCH_SECRET_FILE_2\"; exit 7",
                "--builder",
                "buildah",
                "--secret",
                "id=token,env=TOKEN",
                "--secret",
                "id=key,src=" + secret,
                "--cache",
                "ghcr.io/acme/cache",
                "--cache-read-only",
                "--network",
                "host");

        assertThat(run.err())
                .contains(
                        "--secret id=key,src=", "/secrets/key --secret id=token,src=TOKEN,type=env", secret.toString())
                .contains("--network host", "--cache-from ghcr.io/acme/cache")
                .doesNotContain("--cache-to");
    }

    @Test
    void takesProgramsThatWereCompiledBefore() throws IOException {
        Files.createDirectory(folder.resolve("programs"));
        Files.writeString(folder.resolve("programs/app"), "x");
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM scratch\nARG TARGETARCH\nCOPY --from=artifacts $TARGETARCH/app /\n");

        CommandLineRun run = build(
                "--image",
                app,
                "--platforms",
                "linux/amd64",
                "--prebuilt",
                "x86_64-unknown-linux-musl=" + folder.resolve("programs"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("Building linux/amd64 by daemonless. It was asked for.\n");
    }

    @Test
    void refusesASecretWithoutAPlace() {
        wrong(
                "Invalid value for option '--secret' (id=ID,env=VARIABLE|src=FILE): 'token' is not a secret. Write"
                        + " id=ID,env=VARIABLE or id=ID,src=FILE; never the secret itself.",
                "--image",
                app,
                "--platforms",
                "linux/amd64",
                "--secret",
                "token");
    }

    /** On a machine that has nothing, or a buildah that does what the script says. */
    private CommandLineRun engines(String buildah, String... arguments) throws IOException {
        Path programs = Files.createDirectory(folder.resolve("bin"));
        for (String tool : List.of("uname", "tr", "head", "cat", "mkdir", "ln")) {
            program(programs.resolve(tool), "exec " + which(tool) + " \"$@\"");
        }
        if (!buildah.isEmpty()) {
            program(
                    programs.resolve("buildah"),
                    "[ \"$1\" != --version ] || { echo buildah version 1.28.2; exit 0; }\n" + buildah);
        }
        String[] all =
                with(arguments, "build", "--context", context.toString(), "--image", app, "--platforms", "linux/amd64");
        return CommandLineRun.with(
                Map.of("PATH", programs.toString(), "HOME", folder.toString()), with(new String[] {"--emulate"}, all));
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static Path which(String tool) {
        Path usual = Path.of("/usr/bin", tool);
        return Files.exists(usual) ? usual : Path.of("/bin", tool);
    }

    @Test
    void refusesAContextThatIsNoFolder() {
        String file = context.resolve("greeting.txt").toString();

        CommandLineRun run = CommandLineRun.of(
                "build",
                "--context",
                file,
                "--dockerfile",
                context.resolve("Dockerfile").toString(),
                "--image",
                app,
                "--platforms",
                "linux/amd64");

        assertThat(run.err())
                .isEqualTo(
                        "The context " + file + " is not a folder. Give the folder that the Dockerfile copies from.\n");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void refusesABuilderNobodyKnows() {
        wrong(
                "Invalid value for option '--builder': 'make' is not a builder. Write auto, buildx, docker, buildah, podman or"
                        + " daemonless.",
                "--image",
                app,
                "--platforms",
                "linux/amd64",
                "--builder",
                "make");
    }

    @Test
    void refusesToBuildForNowhere() {
        wrong(
                "Say where the image goes: --image for a registry (tags need it), --output for a file.",
                "--platforms",
                "linux/amd64");
    }

    @Test
    void refusesAnOutputThatIsNoLayout() {
        wrong(
                "'docker-archive:app.tar' is not an output. Write oci:FOLDER or oci-archive:FILE.",
                "--platforms",
                "linux/amd64",
                "--output",
                "docker-archive:app.tar");
    }

    private void wrong(String message, String... arguments) {
        CommandLineRun run = build(arguments);

        assertThat(run.err()).isEqualTo(message + "\nSee 'multiarch-release build --help'.\n");
        assertThat(run.code()).isEqualTo(2);
    }

    private CommandLineRun build(String... arguments) {
        return CommandLineRun.of(with(arguments, "build", "--context", context.toString()));
    }

    private static String[] with(String[] arguments, String... first) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(arguments)).toArray(String[]::new);
    }

    private List<Digest> children(Digest index) {
        return ((ImageIndex) manifest(index))
                .manifests().stream().map(child -> child.digest()).toList();
    }

    private int size(Digest digest) {
        return registry.manifest("acme/app", digest).orElseThrow().length;
    }

    private Manifest manifest(Digest digest) {
        return Manifest.parse(registry.manifest("acme/app", digest).orElseThrow(), "");
    }

    private JsonNode config(Manifest image) {
        String address = "http://" + app.replace("/acme", "/v2/acme") + "/blobs/"
                + image.children().get(0).digest();
        try (var content = java.net.URI.create(address).toURL().openStream()) {
            return Json.read(content.readAllBytes(), "The configuration");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
