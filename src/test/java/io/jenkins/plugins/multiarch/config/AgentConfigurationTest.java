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
                .hasMessage("'arm 64' is no platform that agents can be named for. Write a platform, the beginning of"
                        + " one, or default, as in linux/arm64.");
    }

    @Test
    void asksForALabel() {
        assertThatThrownBy(() -> new AgentConfiguration("linux/arm64", " "))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("No label was given for the agents of a platform. Write one, as in arch-arm64.");
    }
}
