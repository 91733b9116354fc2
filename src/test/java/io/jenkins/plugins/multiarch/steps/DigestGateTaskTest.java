package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestGateTaskTest {
    private final Registry registry = HttpRegistry.builder().build();
    private final List<String> log = new ArrayList<>();

    @TempDir
    private Path workspace;

    private static DigestGateTask task(String image, String mode, String record, String verify, String... required) {
        return new DigestGateTask(image, mode, record, verify, new ArrayList<>(List.of(required)));
    }

    @Test
    void talksToTheRegistryOfItsImageAndToNoneForAFile() {
        assertThat(task("ghcr.io/acme/app:1.0", null, null, null).registries()).containsExactly("ghcr.io");
        assertThat(task("oci:build", null, null, null).registries()).isEmpty();
    }

    @Test
    void writesTheRecordIntoAFolderThatItMakes() throws Exception {
        try (FakeRegistry fake = FakeRegistry.start()) {
            fake.addImage("acme/app", "1.0", "linux/amd64");
            DigestGateTask task = task(fake.repository("acme/app") + ":1.0", null, "build/gate.json", null);

            GateVerdict verdict = Serialized.copy(task).run(registry, Optional.of(workspace), log::add);

            assertThat(workspace.resolve("build/gate.json")).hasContent(verdict.getRecord());
            assertThat(verdict.getMode()).isEqualTo("manifest");
        }
    }

    @Test
    void refusesToVerifyMoreWeaklyThanItWasAsked() throws Exception {
        try (FakeRegistry fake = FakeRegistry.start()) {
            fake.addImage("acme/app", "1.0", "linux/amd64");
            String image = fake.repository("acme/app") + ":1.0";
            task(image, "rootfs", "gate.json", null).run(registry, Optional.of(workspace), log::add);

            assertThatThrownBy(() ->
                            task(image, "manifest", null, "gate.json").run(registry, Optional.of(workspace), log::add))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessage(
                            "The record of " + image + " was made by mode rootfs, and digestGate was asked to verify"
                                    + " by mode manifest. Record the image by mode manifest, or leave mode out to verify as it"
                                    + " was recorded.");
        }
    }

    @Test
    void refusesRequiredPlatformsWhereTheRecordSaysThem() {
        assertThatThrownBy(() -> task("ghcr.io/acme/app", null, null, "gate.json", "linux/amd64")
                        .registries())
                .isInstanceOf(ReleaseException.class)
                .hasMessage("digestGate was given both verify and requiredPlatforms. Give requiredPlatforms where the"
                        + " image is recorded; what the record holds is verified in full.");
    }

    @Test
    void refusesARecordFileWithoutAWorkspace() {
        assertThatThrownBy(() ->
                        task("ghcr.io/acme/app", null, "gate.json", null).run(registry, Optional.empty(), log::add))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "The argument record names the file 'gate.json', and digestGate was called outside node, where"
                                + " there is no workspace. Call it inside node, or hand over the record of the verdict that an"
                                + " earlier digestGate returned.");
    }

    @Test
    void refusesAnImageOfANodeWithoutOne() {
        assertThatThrownBy(() -> task("docker-daemon:acme/app:1.4", "config", null, null)
                        .run(registry, Optional.empty(), log::add))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "'docker-daemon:acme/app:1.4' lies on a node, and digestGate was called outside node. Call it"
                                + " inside the node that has the image, or name an image in a registry.");
    }

    @Test
    void refusesAFileOutsideTheWorkspaceBeforeAnythingIsAsked() {
        assertThatThrownBy(() -> task("ghcr.io/acme/app", null, "../gate.json", null)
                        .run(registry, Optional.of(workspace), log::add))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "The argument record names '../gate.json', which is outside the workspace. Name a path inside"
                                + " the workspace, as in build/gate.json.");
        assertThat(Files.exists(workspace.resolveSibling("gate.json"))).isFalse();
    }
}
