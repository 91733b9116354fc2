package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushArtifactVerbTest {
    @TempDir
    private Path folder;

    @Test
    void pushesFilesAndPrintsTheReference() throws Exception {
        Path file = Files.writeString(folder.resolve("install.sh"), "echo installed");
        try (FakeRegistry registry = FakeRegistry.start()) {
            CommandLineRun run = CommandLineRun.of(
                    "push-artifact",
                    file + ":application/vnd.acme.installer.v1+sh",
                    "--repository",
                    registry.address() + "/acme/installer",
                    "--artifact-type",
                    "application/vnd.acme.installer.v1",
                    "--tags",
                    "1.4.2,stable");

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(registry.tags("acme/installer")).containsExactlyInAnyOrder("1.4.2", "stable");
            assertThat(run.out().strip())
                    .isEqualTo(registry.repository("acme/installer") + "@"
                            + registry.tagged("acme/installer", "1.4.2").orElseThrow());
            assertThat(run.err()).contains("Pushed ", "Added ");
        }
    }

    @Test
    void wantsEitherFilesOrAChart() {
        String[] nothing = {"push-artifact", "--repository", "ghcr.io/acme/app"};
        String[] both = {"push-artifact", "--repository", "ghcr.io/acme/app", "--chart", "app.tgz", "--tags", "1.4.2"};

        assertThat(CommandLineRun.of(nothing).code()).isEqualTo(2);
        assertThat(CommandLineRun.of(nothing).err()).contains("Give files with --artifact-type, or --chart");
        assertThat(CommandLineRun.of(both).err())
                .contains("A chart takes its type, tag and annotations from itself: give it alone.");
    }

    @Test
    void refusesAChartThatIsNotThere() {
        CommandLineRun run = CommandLineRun.of(
                "push-artifact",
                "--repository",
                "ghcr.io/acme/app",
                "--chart",
                folder.resolve("app.tgz").toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("The chart 'app.tgz' cannot be pushed: it is not a file.");
    }
}
