package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageVerbTest {
    private FakeRegistry registry;
    private Manifest image;
    private String staged;

    @TempDir
    private Path folder;

    @BeforeEach
    void stage() {
        registry = FakeRegistry.start();
        image = registry.addImage("acme/app", "1.4", "linux/amd64", "linux/arm64");
        staged = folder.resolve("app").toString();
        CommandLineRun run = CommandLineRun.of("stage", registry.repository("acme/app") + ":1.4", staged);
        assertThat(run.out()).isEqualTo(image.digest() + "\n");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private CommandLineRun refused(int code, String... arguments) {
        CommandLineRun run = CommandLineRun.of(arguments);
        assertThat(run.code()).isEqualTo(code);
        assertThat(run.out()).isEmpty();
        return run;
    }

    @Test
    void pushesTheVeryBytes() {
        String target = registry.address() + "/mirror/app";

        CommandLineRun run = CommandLineRun.of("unstage", staged, "--image", target, "--tags", "1.4");

        assertThat(run.out()).isEqualTo(target + "@" + image.digest() + "\n");
        assertThat(registry.tagged("mirror/app", "1.4")).contains(image.digest());
    }

    @Test
    void writesFilesAndSaysSoAsJson() {
        Path archive = folder.resolve("image.tar");
        Path layout = folder.resolve("layout");

        CommandLineRun run = CommandLineRun.of(
                "unstage", staged, "--archive", archive.toString(), "--layout", layout.toString(), "--json");

        assertThat(run.out()).isEqualTo("""
                {
                  "digest" : "%s",
                  "archive" : "%s",
                  "layout" : "%s"
                }
                """.formatted(image.digest(), archive, layout));
        assertThat(run.err()).isEqualTo("""
                Wrote %1$s for linux/amd64, linux/arm64 to oci-archive:image.tar.
                Wrote %1$s for linux/amd64, linux/arm64 to oci:layout.
                """.formatted(image.digest()));
    }

    @Test
    void stagesTheNamedPlatforms() {
        CommandLineRun run = CommandLineRun.of(
                "stage",
                registry.repository("acme/app") + ":1.4",
                folder.resolve("arm").toString(),
                "--platforms",
                "linux/arm64",
                "--json");

        assertThat(run.out()).contains("\"name\" : \"arm\"", "\"archive\" : \"linux-arm64.oci.tar\"");
        assertThat(folder.resolve("arm")).isDirectoryNotContaining("glob:**index.json");
    }

    @Test
    void refusesAFolderWithoutAStagedImage() {
        assertThat(refused(1, "unstage", folder.toString(), "--archive", "image.tar")
                        .err())
                .isEqualTo(folder
                        + " holds no staged image: it has no file 'image.json'. Give the folder that an image was staged"
                        + " into.\n");
    }

    @Test
    void refusesAnArchiveThatIsMissing() throws IOException {
        Path archive = folder.resolve("app/linux-arm64.oci.tar");
        Files.delete(archive);

        assertThat(refused(1, "unstage", staged, "--archive", "image.tar").err())
                .isEqualTo(archive
                        + " is missing; it belongs to 'app' (0 minutes old). Stage the image again, or bring the file"
                        + " back.\n");
    }

    @Test
    void refusesAnArchiveThatWasChanged() throws IOException {
        Path archive = folder.resolve("app/linux-arm64.oci.tar");
        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length - 1] ^= 1;
        Files.write(archive, bytes);

        assertThat(refused(1, "unstage", staged, "--archive", "image.tar").err())
                .contains(" in linux-arm64.oci.tar of the staged image ", " has other content, which has the digest ");
    }

    @Test
    void saysWhatItNeeds() {
        assertThat(refused(2, "unstage", staged).err())
                .contains("Nothing was asked for. Give --archive, --layout, --image or --load.");
        assertThat(refused(2, "unstage", staged, "--archive", "image.tar", "--tags", "1.4")
                        .err())
                .contains("--tags needs --image, the repository they are set in.");
    }
}
