package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepArgumentsTest {

    @Test
    void readsTheLinesOfATextArea() {
        assertThat(StepArguments.lines("1.0\r\n\r\n  latest \n")).containsExactly("1.0", "latest");
        assertThat(StepArguments.lines(null)).isEmpty();
    }

    @Test
    void takesAMapAsItsEntries() {
        assertThat(StepArguments.entries(Map.of("linux/amd64", "a@b"))).containsExactly("linux/amd64=a@b");
    }

    @Test
    void readsAnnotationsWithEqualsSignsInTheirValues() {
        assertThat(StepArguments.pairs(List.of("a.b = c=d"))).containsExactly(Map.entry("a.b", "c=d"));
    }

    @Test
    void saysHowToWriteAnAnnotation() {
        assertThatThrownBy(() -> StepArguments.pairs(List.of("version")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'version' is not an annotation. Write key=value, as in"
                        + " org.opencontainers.image.version=1.4.2.");
    }

    @Test
    void takesMapsWhereTheFormHasLines() {
        assertThat(StepArguments.asLines("agents", Map.of("linux/arm64", "arch-arm64")))
                .isEqualTo(List.of("linux/arm64=arch-arm64"));
        assertThat(StepArguments.asLines("variants", List.of(Map.of("python", 3.12), "python=3.11")))
                .isEqualTo(List.of("python=3.12", "python=3.11"));
        assertThat(StepArguments.asLines("tags", List.of("1.0"))).isEqualTo(List.of("1.0"));
        assertThat(StepArguments.asLines("context", "app")).isEqualTo("app");
    }

    @Test
    void leavesTheCacheAMap() {
        Map<String, Object> cache = Map.of("reference", "ghcr.io/acme/cache");

        assertThat(StepArguments.asLines("cache", cache)).isSameAs(cache);
    }

    @Test
    void readsPairsOfAnArgument() {
        assertThat(StepArguments.pairs(List.of("A=b=c", "D="), "buildArgs", "VERSION=1.4.2"))
                .containsExactly(Map.entry("A", "b=c"), Map.entry("D", ""));
    }

    @Test
    void saysHowToWriteAPairOfAnArgument() {
        assertThatThrownBy(() -> StepArguments.pairs(List.of("VERSION"), "buildArgs", "VERSION=1.4.2"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'VERSION' in buildArgs is no key with a value. Write key=value, as in VERSION=1.4.2.");
    }

    @Test
    void refusesASecondValueOfAKey() {
        assertThatThrownBy(() -> StepArguments.pairs(List.of("A=1", "A=2"), "buildArgs", "VERSION=1.4.2"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'A=2' in buildArgs gives a second value. Give each key once.");
    }

    @Test
    void readsNumbersOfAForm() {
        int number = StepArguments.number(" 60 ", "waitMinutes", Integer::valueOf);

        assertThat(number).isEqualTo(60);
        assertThatThrownBy(() -> StepArguments.number("1 h", "waitMinutes", Integer::valueOf))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The argument waitMinutes is '1 h', which is no whole number. Write digits alone.");
    }

    @Test
    void saysWhichArgumentIsEmpty() {
        assertThatThrownBy(() -> StepArguments.required(" ", "image", "ghcr.io/acme/app"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The argument image is empty. Give it, as in ghcr.io/acme/app.");
    }

    @Test
    void takesARepositoryWithItsPort() {
        assertThat(StepArguments.repository("localhost:5000/app")).isEqualTo(new Repository("localhost:5000", "app"));
    }

    @Test
    void refusesATagWhereARepositoryIsMeant() {
        assertThatThrownBy(() -> StepArguments.repository("ghcr.io/acme/app:1.0"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'ghcr.io/acme/app:1.0' names one image, where a repository is asked for. Write"
                        + " ghcr.io/acme/app here, and tags in the argument tags.");
    }
}
