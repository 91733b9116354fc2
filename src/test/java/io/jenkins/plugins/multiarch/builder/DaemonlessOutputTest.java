package io.jenkins.plugins.multiarch.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.layout.OciLayout;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonlessOutputTest {
    private static final ChosenBuilder DAEMONLESS =
            new ChosenBuilder(BuilderKind.DAEMONLESS, "", "It was asked for.", false, Set.of());

    @TempDir
    private Path scratch;

    private BuiltOutput build(SamplePlan plan) throws IOException, InterruptedException {
        Path workspace = scratch.resolve("workspace");
        Path folder = scratch.resolve("private");
        PreparedBuild.prepare(workspace, folder, plan.plan(), DAEMONLESS, Map.of());
        DaemonlessOutput.write(
                workspace, folder, plan.plan(), HttpRegistry.builder().build(), line -> {});
        return BuiltOutput.read(folder, plan.plan());
    }

    private void write(String dockerfile) throws IOException {
        Path out = Files.createDirectories(scratch.resolve("workspace/out"));
        Files.createDirectories(scratch.resolve("workspace/more"));
        Files.writeString(scratch.resolve("workspace/more/note"), "noted");
        Files.writeString(out.resolve("program"), "x");
        Files.writeString(scratch.resolve("workspace/Dockerfile"), dockerfile);
    }

    @Test
    void leavesWhatTheOthersLeave() throws IOException, InterruptedException {
        write("FROM scratch\nARG TARGETARCH\nCOPY --from=artifacts $TARGETARCH/program /\nCOPY --from=more note /\n");
        SamplePlan plan = new SamplePlan("linux/arm64")
                .put("prebuilt", "aarch64-unknown-linux-musl", "out")
                .put("contexts", "more", "more")
                .put("labels", "team", "blue")
                .put("annotations", "note", "1");

        try (BuiltOutput output = build(plan)) {
            assertThat(output.image().platform()).contains(Platform.parse("linux/arm64"));
            output.writeArchive(scratch.resolve("out.tar"));
        }
        try (OciLayout layout = OciLayout.open(scratch.resolve("out.tar"))) {
            assertThat(layout.manifest(layout.image("")).annotations()).containsEntry("note", "1");
        }
    }

    @Test
    void refusesSecretsThatNothingCouldRead() throws IOException {
        write("FROM scratch\n");
        SamplePlan plan = new SamplePlan("linux/arm64").secret("token", "TOKEN", false);

        assertThatThrownBy(() -> build(plan))
                .hasMessage("The daemonless builder was given secrets, and runs nothing that could read them. Leave the"
                        + " secrets out, or take another builder.");
    }
}
