package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoVerbTest {
    /** The same on every machine and every day; it changes with src/demo or the builder, and then on purpose. */
    private static final Digest RELEASE_1_0 =
            Digest.parse("sha256:d04d146baddd207ae3746786916ade9e270efe07049c2335cb429ecdad7ebeb9");

    private static final Digest RELEASE_1_1 =
            Digest.parse("sha256:4f4bc87fd09c466e63068b54f06f6a0a738e42ef22d897506da0ed6806e958e0");

    @TempDir
    private Path folder;

    private FakeRegistry registry;

    @BeforeEach
    void start() {
        registry = FakeRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void releasesTwoVersionsAndMovesProdBack() {
        CommandLineRun run = demo();

        assertThat(run.code()).isZero();
        assertThat(registry.tagged("demo/hello", "1.0")).contains(RELEASE_1_0);
        assertThat(registry.tagged("demo/hello", "1.1")).contains(RELEASE_1_1);
        assertThat(registry.tagged("demo/hello", "dev")).contains(RELEASE_1_1);
        assertThat(registry.tagged("demo/hello", "prod")).contains(RELEASE_1_0);
        assertThat(registry.tagged("demo/mirror", "1.0")).contains(RELEASE_1_0);
    }

    @Test
    void tellsItInNineChapters() {
        CommandLineRun run = demo();

        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().filter(line -> line.matches("[0-9]\\. .*")))
                .containsExactly(
                        "1. Build one image for two processors",
                        "2. Write down what was tested",
                        "3. Let through what was tested, and nothing else",
                        "4. Publish it as 1.0",
                        "5. Copy it, with what is said about it",
                        "6. Promote it to dev, then to prod",
                        "7. Release 1.1 the same way",
                        "8. Move prod back",
                        "9. What is left");
        assertThat(run.err())
                .contains("made by 'COPY --chmod=0644 greetings/1.0.txt /greeting.txt")
                .contains("Would move " + registry.address() + "/demo/hello:prod from " + RELEASE_1_1 + " to "
                        + RELEASE_1_0 + ".")
                .doesNotContain("\tat ");
    }

    @Test
    void leavesTheSameImageAndRecordEachTime() throws IOException {
        demo();
        String record = Files.readString(folder.resolve("release.json"));
        byte[] archive = Files.readAllBytes(folder.resolve("hello-1.0.oci.tar"));
        registry.close();
        registry = FakeRegistry.start();

        demo();

        assertThat(Files.readAllBytes(folder.resolve("hello-1.0.oci.tar"))).isEqualTo(archive);
        assertThat(withoutAddress(Files.readString(folder.resolve("release.json"))))
                .isEqualTo(withoutAddress(record));
    }

    @Test
    void canBeTwiceInOneRegistry() {
        demo();

        assertThat(demo().code()).isZero();
    }

    @Test
    void leavesTheReleaseForPrograms() throws IOException {
        demo();

        JsonNode release = Json.read(Files.readAllBytes(folder.resolve("release.json")), "The release record");
        assertThat(release.at("/image/digest").asText()).isEqualTo(RELEASE_1_0.toString());
        assertThat(release.at("/image/platforms")).hasSize(2);
        assertThat(release.at("/gate/verdict/passed").asBoolean()).isTrue();
        assertThat(release.at("/gate/refused/reason").asText()).contains("layer 2 of 2");
        assertThat(release.at("/copy/referrers").asInt()).isEqualTo(1);
        assertThat(release.at("/tags")).hasSize(5);
        assertThat(release.at("/channels/prod").asText()).isEqualTo(RELEASE_1_0.toString());
    }

    @Test
    void leavesAPageThatNeedsNoOtherFile() throws IOException {
        demo();

        assertThat(Files.readString(folder.resolve("report.html")))
                .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
                .contains("<title>hello 1.0: release report</title>")
                .contains(RELEASE_1_0.toString(), "linux/amd64", "linux/arm64", "prefers-color-scheme: dark")
                .doesNotContain("{{", "http://", "https://", "<script", "src=", "<link");
    }

    @Test
    void leavesAScriptWithEveryDigestWrittenOut() throws IOException {
        demo();

        assertThat(Files.isExecutable(folder.resolve("verify.sh"))).isTrue();
        assertThat(Files.readString(folder.resolve("verify.sh")))
                .startsWith("#!/bin/sh\n")
                .contains(
                        "same 'archive' " + RELEASE_1_0 + " oci-archive:hello-1.0.oci.tar\n",
                        "same 'channel dev' " + RELEASE_1_1 + " docker://" + registry.address() + "/demo/hello:dev\n",
                        "same 'channel prod' " + RELEASE_1_0 + " docker://" + registry.address()
                                + "/demo/hello:prod\n");
    }

    @Test
    void saysWhereItEndedEarly() {
        registry.on("PUT", "/v2/demo/hello/manifests/dev")
                .always()
                .fail(Fault.status(403).error("DENIED", "not yours"));

        CommandLineRun run = demo();

        assertThat(run.err())
                .endsWith(
                        "The demo ended early: 'multiarch-release promote' was refused, as is said above. Mend that and run"
                                + " the demo again; it starts over and does nothing twice.\n");
        assertThat(run.code()).isEqualTo(1);
    }

    private CommandLineRun demo() {
        return CommandLineRun.of("demo", "--registry", registry.address(), "--out", folder.toString());
    }

    private static String withoutAddress(String record) {
        return record.replaceAll("127\\.0\\.0\\.1:[0-9]+", "registry");
    }
}
