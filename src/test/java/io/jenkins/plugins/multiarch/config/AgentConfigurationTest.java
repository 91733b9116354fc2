package io.jenkins.plugins.multiarch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentConfigurationTest {

    @ParameterizedTest
    @ValueSource(strings = {"linux/arm64", "linux/arm/v7", "linux", "default"})
    void takesPlatformsAndTheirBeginnings(String platform) {
        AgentConfiguration agents = new AgentConfiguration(" " + platform + " ", " arch-arm64 && big ");

        assertThat(agents.getPlatform()).isEqualTo(platform);
        assertThat(agents.getLabel()).isEqualTo("arch-arm64 && big");
    }

    @Test
    void saysHowToWriteAPlatform() {
        assertThatThrownBy(() -> new AgentConfiguration("arm 64", "x"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'arm 64' in agents is no platform. Write a platform, the beginning of one, or default"
                        + " before the label, as in linux/arm64=arch-arm64.");
    }

    @Test
    void asksForALabel() {
        assertThatThrownBy(() -> new AgentConfiguration("linux/arm64", " "))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'linux/arm64' in agents has no label. Write one behind it, as in linux/arm64=arch-arm64.");
    }
}
