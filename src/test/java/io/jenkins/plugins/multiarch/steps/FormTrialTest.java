package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.config.AgentLabels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormTrialTest {

    private static FormTrial trial() {
        return new FormTrial(new AgentLabels(Map.of()));
    }

    @Test
    void readsAFieldAsTheBuildWould() {
        assertThat(trial().read(step -> step.setPlatforms(List.of("linux/s390x")))
                        .cells())
                .extracting(BuildCell::name)
                .containsExactly("linux/s390x");
        assertThatThrownBy(() -> trial().read(step -> step.setLabels(List.of("-x=y"))))
                .hasMessageStartingWith("'-x' cannot name a label.");
        assertThatThrownBy(() -> trial().read(step -> step.setSecrets(List.of("a b=c"))))
                .hasMessageStartingWith("'a b' cannot be the id of a secret.");
    }

    @Test
    void readsFieldsTogether() {
        FormTrial trial = trial().with(step -> step.setVariants(List.of("runtime=slim")));

        trial.read("ghcr.io/acme/{runtime}");
        assertThatThrownBy(() -> trial.read(step -> step.setTarget("{python}")))
                .hasMessageStartingWith("'{python}' names {python}, which the variant 'slim' does not have.");
    }

    @Test
    void holdsNoFieldAgainstTheMistakesOfAnother() {
        FormTrial trial =
                trial().with(step -> step.setVariants(List.of("no variant"))).withImage("https://ghcr.io/acme/app");

        assertThat(trial.read(step -> step.setTags(List.of("1.0"))).images()).hasSize(1);
    }

    @Test
    void knowsTheImageThatTagsAreFor() {
        FormTrial trial = trial().with(step -> step.setVariants(List.of("python=3.11", "python=3.12")))
                .withImage("ghcr.io/acme/py{python}");

        assertThat(trial.read(step -> step.setTags(List.of("1.0"))).images()).hasSize(2);
    }

    @Test
    void asksForAnImage() {
        assertThatThrownBy(() -> trial().read(" "))
                .hasMessage("The argument image is empty. Give it, as in ghcr.io/acme/app.");
    }
}
