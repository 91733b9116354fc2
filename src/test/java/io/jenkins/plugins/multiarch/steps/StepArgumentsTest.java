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
