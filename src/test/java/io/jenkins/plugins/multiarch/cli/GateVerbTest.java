package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.gate.GateRecord;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateVerbTest {
    @TempDir
    private Path folder;

    private FakeRegistry registry;
    private Manifest tested;
    private Manifest other;
    private String app;
    private Path record;

    @BeforeEach
    void publish() {
        registry = FakeRegistry.start();
        app = registry.address() + "/acme/app";
        tested = registry.addImage("acme/app", "1.4", "linux/amd64", "linux/arm64");
        other = registry.addImage("acme/app", "1.5", "linux/amd64", "linux/arm64");
        record = folder.resolve("tested.json");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void writesTheRecordAndSaysWhatItHolds() throws IOException {
        CommandLineRun run = record();

        assertThat(run.out()).isEqualTo(record + "\n");
        assertThat(run.err())
                .isEqualTo("Recorded %s@%s by mode manifest: %s (linux/amd64, linux/arm64).\n"
                        .formatted(app, tested.digest(), tested.digest()));
        assertThat(run.code()).isZero();
        assertThat(GateRecord.read(record).digest()).contains(tested.digest());
    }

    @Test
    void printsTheRecordWhereNoFileIsNamed() throws IOException {
        record();

        CommandLineRun plain = CommandLineRun.of("gate", "record", "--image", app + "@" + tested.digest());
        CommandLineRun json = CommandLineRun.of("gate", "record", "--image", app + "@" + tested.digest(), "--json");

        assertThat(plain.out()).isEqualTo(json.out()).isEqualTo(Files.readString(record));
    }

    @Test
    void letsTheSameImagePass() {
        record();

        CommandLineRun run =
                CommandLineRun.of("gate", "verify", "--image", app + ":1.4", "--record", record.toString());

        assertThat(run.out()).isEqualTo(app + "@" + tested.digest() + "\n");
        assertThat(run.err())
                .isEqualTo("Verified %s:1.4 by mode manifest: the same as %s@%s, %s (linux/amd64, linux/arm64).\n"
                        .formatted(app, app, tested.digest(), tested.digest()));
        assertThat(run.code()).isZero();
    }

    @Test
    void refusesAnotherImageWithTheVerdictsOwnWords() {
        record();

        CommandLineRun run =
                CommandLineRun.of("gate", "verify", "--image", app + ":1.5", "--record", record.toString());

        assertThat(run.err())
                .startsWith("%s:1.5 is not the image that was tested, %s@%s: its manifest digest is %s instead of %s.\n"
                        .formatted(app, app, tested.digest(), other.digest(), tested.digest()))
                .doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void printsTheVerdictAsJsonAlsoWhereItRefuses() {
        record();

        CommandLineRun run =
                CommandLineRun.of("gate", "verify", "--image", app + ":1.5", "--record", record.toString(), "--json");

        assertThat(run.out()).startsWith("""
                        {
                          "passed" : false,
                          "mode" : "manifest",
                          "image" : "%s:1.5",
                          "digest" : "%s",
                          "recordedImage" : "%s@%s",
                          "recordedDigest" : "%s",
                          "differences" : [
                        """.formatted(app, other.digest(), app, tested.digest(), tested.digest()));
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void refusesToRecordAnImageThatLacksAPlatform() {
        CommandLineRun run = CommandLineRun.of(
                "gate", "record", "--image", app + ":1.4", "--required-platforms", "linux/amd64,linux/s390x");

        assertThat(run.err())
                .isEqualTo(app
                        + ":1.4 was not recorded: it lacks linux/s390x and has linux/amd64, linux/arm64. Build what is"
                        + " missing, or take it out of requiredPlatforms.\n");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void saysThatTheRecordIsNotThere() {
        CommandLineRun run =
                CommandLineRun.of("gate", "verify", "--image", app + ":1.4", "--record", record.toString());

        assertThat(run.err())
                .isEqualTo("There is no gate record " + record
                        + ", so nothing says which image was tested. Record the image after"
                        + " its tests and hand the file to this job; without it nothing is published.\n");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void saysThatAnArchiveIsNotThere() {
        Path archive = folder.resolve("none.tar");

        CommandLineRun run =
                CommandLineRun.of("gate", "record", "--image", "docker-archive:" + archive, "--mode", "rootfs");

        assertThat(run.err())
                .isEqualTo(
                        archive + " is not a docker archive: there is no such file. Give the file that 'docker save' or"
                                + " 'skopeo copy … docker-archive:' wrote.\n");
        assertThat(run.code()).isEqualTo(1);
    }

    private CommandLineRun record() {
        return CommandLineRun.of(
                "gate", "record", "--image", app + "@" + tested.digest(), "--record", record.toString());
    }
}
