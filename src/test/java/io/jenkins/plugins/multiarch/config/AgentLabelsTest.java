package io.jenkins.plugins.multiarch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentLabelsTest {
    private static final AgentLabels LABELS = new AgentLabels(Map.of(
            "linux", "any-linux",
            "linux/arm", "small",
            "linux/arm/v6", "tiny",
            "linux/arm64", "arch-arm64",
            "default", "emulators"));

    @ParameterizedTest
    @CsvSource({
        "linux/arm64, arch-arm64",
        "linux/arm/v6, tiny",
        "linux/arm/v7, small",
        "linux/s390x, any-linux",
        "windows/amd64, emulators"
    })
    void takesTheLongestKeyThatFits(String platform, String label) {
        assertThat(LABELS.of(Platform.parse(platform))).contains(label);
    }

    @ParameterizedTest
    @CsvSource({
        "linux/arm64/v8, linux/arm64",
        "linux/aarch64, linux/arm64",
        "linux/x86_64, linux/amd64",
        "linux/arm, linux/arm/v6",
        "linux/armhf, linux/arm/v7"
    })
    void knowsAPlatformHoweverItIsWritten(String key, String platform) {
        assertThat(new AgentLabels(Map.of(key, "x")).of(Platform.parse(platform)))
                .contains("x");
    }

    @Test
    void knowsNoLabelWithoutADefault() {
        AgentLabels labels = new AgentLabels(Map.of("linux/arm", "small"));

        assertThat(labels.of(Platform.parse("linux/arm64"))).isEmpty();
        assertThat(labels.fallback()).isEmpty();
    }

    @Test
    void fillsInWhatOthersSay() {
        AgentLabels own = new AgentLabels(Map.of("linux/arm64", "mine"));

        AgentLabels all = own.orElse(LABELS);

        assertThat(all.of(Platform.parse("linux/arm64"))).contains("mine");
        assertThat(all.of(Platform.parse("linux/arm/v7"))).contains("small");
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm 64", "a/b/c/d", "linux/", "Linux"})
    void saysHowToWriteAPlatform(String key) {
        assertThatThrownBy(() -> new AgentLabels(Map.of(key, "x")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'" + key + "' in agents is no platform. Write a platform, the beginning of one, or default"
                        + " before the label, as in linux/arm64=arch-arm64.");
    }

    @Test
    void asksForALabel() {
        assertThatThrownBy(() -> new AgentLabels(Map.of("linux/arm64", " ")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'linux/arm64' in agents has no label. Write one behind it, as in linux/arm64=arch-arm64.");
    }
}
