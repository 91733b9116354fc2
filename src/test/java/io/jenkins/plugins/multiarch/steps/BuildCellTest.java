package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.builder.Secret;
import io.jenkins.plugins.multiarch.config.AgentLabels;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildCellTest {

    static BuildCell cell() {
        BuildMultiArchStep step = new BuildMultiArchStep("ghcr.io/acme/app");
        step.setPlatforms(List.of("linux/arm64"));
        step.setAgents(List.of("linux/arm64=arch-arm64", "default=linux"));
        step.setSecrets(List.of("npm=npm-token"));
        step.setCredentialsId("ghcr");
        step.setOutputs(List.of("registry", "oci-archive:app", "local:files"));
        step.setOptionalPlatforms(List.of("linux/arm64"));
        step.setOnUnavailable("skip");
        step.setVariants(List.of("python=3.12"));
        BuildOrder.Surroundings surroundings = new BuildOrder.Surroundings(
                "multiarch-7-12",
                new AgentLabels(Map.of()),
                false,
                false,
                ids -> Map.of("npm", new Secret("MULTIARCH_SECRET_1", true)));
        return BuildOrder.of(step, surroundings).cells().get(0);
    }

    @Test
    void travelsAsText() {
        assertThat(BuildCell.parse(cell().toJson())).isEqualTo(cell());
    }

    @Test
    void isTheSameTextEveryTime() {
        assertThat(BuildCell.parse(cell().toJson()).toJson()).isEqualTo(cell().toJson());
    }

    @Test
    void canBeEmulatedInstead() {
        BuildCell emulated = cell().emulated();

        assertThat(emulated.plan().emulate()).isTrue();
        assertThat(emulated.id()).isEqualTo(cell().id());
        assertThat(emulated.placement()).isEqualTo(cell().placement());
    }

    @Test
    void refusesTextOfAnotherVersion() {
        String other = cell().toJson().replaceFirst("\"version\" ?: ?1", "\"version\":2");

        assertThatThrownBy(() -> BuildCell.parse(other))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The plan of a platform was made by another version of the plugin, or by hand. Call"
                        + " buildMultiArch, which makes it.");
    }
}
