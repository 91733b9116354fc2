package io.jenkins.plugins.multiarch.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64",
        "linux/amd64/v1, linux/amd64",
        "linux/amd64/v3, linux/amd64/v3",
        "linux/x86_64, linux/amd64",
        "linux/x86-64, linux/amd64",
        "LINUX/AMD64, linux/amd64",
        "linux/arm64, linux/arm64",
        "linux/arm64/v8, linux/arm64",
        "linux/arm64/8, linux/arm64",
        "linux/arm64/v9, linux/arm64/v9",
        "linux/aarch64, linux/arm64",
        "linux/arm, linux/arm/v7",
        "linux/arm/7, linux/arm/v7",
        "linux/arm/v6, linux/arm/v6",
        "linux/arm/v5, linux/arm/v5",
        "linux/armhf, linux/arm/v7",
        "linux/armel, linux/arm/v6",
        "linux/i386, linux/386",
        "linux/ppc64le, linux/ppc64le",
        "linux/riscv64, linux/riscv64",
        "windows/amd64, windows/amd64",
        "windows(10.0.20348.2227)/amd64, windows(10.0.20348.2227)/amd64"
    })
    void hasOneFormHoweverItIsWritten(String text, String normal) {
        assertThat(Platform.parse(text)).hasToString(normal).isEqualTo(Platform.parse(normal));
    }

    @Test
    void readsTheFieldsOfADescriptorInTheSameForm() {
        Platform read = Platform.read(
                Json.object().put("architecture", "arm64").put("os", "linux").put("variant", "v8"));

        assertThat(read).isEqualTo(Platform.parse("linux/arm64"));
    }

    @Test
    void keepsTheVariantInItsNames() {
        Platform armv7 = Platform.parse("linux/arm/v7");

        assertThat(armv7).hasToString("linux/arm/v7");
        assertThat(armv7.slug()).isEqualTo("linux-arm-v7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"amd64", "linux/", "/amd64", "a/b/c/d", "", "linux/amd 64", "linux/../etc", "linux()/amd64"})
    void saysHowToWriteAPlatform(String text) {
        assertThatThrownBy(() -> Platform.parse(text))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'" + text + "' is not a platform. Write os/arch, as in linux/amd64 or linux/arm/v7.");
    }

    @Test
    void readsSeveralEachOnce() {
        List<Platform> platforms = Platform.parseAll(List.of("linux/arm64/v8", "linux/amd64", "linux/arm64"));

        assertThat(Platform.list(platforms)).isEqualTo("linux/arm64, linux/amd64");
    }

    @Test
    void satisfiesWhoDidNotAskForAVersion() {
        Platform image = Platform.parse("windows(10.0.20348.2227)/amd64");

        assertThat(image.satisfies(Platform.parse("windows/amd64"))).isTrue();
        assertThat(image.satisfies(image)).isTrue();
        assertThat(image.satisfies(Platform.parse("windows(10.0.17763.1)/amd64")))
                .isFalse();
        assertThat(Platform.parse("linux/arm/v6").satisfies(Platform.parse("linux/arm/v7")))
                .isFalse();
    }

    @Test
    void isUnknownWhereNothingCanRun() {
        assertThat(Platform.parse("unknown/unknown").isUnknown()).isTrue();
        assertThat(Platform.read(Json.object()).isUnknown()).isTrue();
        assertThat(Platform.parse("linux/amd64").isUnknown()).isFalse();
    }

    @Test
    void bringsNoControlCharactersIntoALog() {
        Platform read = Platform.read(
                Json.object().put("os", "linux\u001b[2J\nfake line").put("architecture", "amd64"));

        assertThat(read.toString()).doesNotContain("\n", "\u001b");
    }
}
