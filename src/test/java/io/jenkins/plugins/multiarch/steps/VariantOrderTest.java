package io.jenkins.plugins.multiarch.steps;

import static io.jenkins.plugins.multiarch.steps.SampleOrder.GLOBAL;
import static io.jenkins.plugins.multiarch.steps.SampleOrder.isRefused;
import static io.jenkins.plugins.multiarch.steps.SampleOrder.order;
import static io.jenkins.plugins.multiarch.steps.SampleOrder.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.builder.BuildPlan;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is ordered where one build has several variants. */
class VariantOrderTest {

    @Test
    void buildsEveryVariantForEveryPlatform() {
        BuildMultiArchStep step = new BuildMultiArchStep("ghcr.io/acme/{runtime}");
        step.setVariants(List.of("runtime=slim python=3.12", "runtime=full python=3.12"));
        step.setTags(List.of("1.0-py{python}"));
        step.setBuildArgs(List.of("PYTHON={python}"));
        step.setTarget("{runtime}");

        BuildOrder order = order(step);

        assertThat(order.cells())
                .extracting(BuildCell::name)
                .containsExactly(
                        "slim-3.12 linux/amd64",
                        "slim-3.12 linux/arm64",
                        "full-3.12 linux/amd64",
                        "full-3.12 linux/arm64");
        assertThat(order.images())
                .extracting(OrderedImage::repository)
                .containsExactly("ghcr.io/acme/slim", "ghcr.io/acme/full");
        assertThat(order.images().get(0).tags()).containsExactly(new Tag("1.0-py3.12"));
        BuildPlan last = order.cells().get(3).plan();
        assertThat(last.name()).isEqualTo("full-3.12");
        assertThat(last.target()).contains("full");
        assertThat(last.buildArgs()).containsExactly(Map.entry("PYTHON", "3.12"));
    }

    @Test
    void refusesTwoVariantsUnderOneTag() {
        isRefused(
                step(step -> {
                    step.setVariants(List.of("python=3.11", "python=3.12"));
                    step.setTags(List.of("1.0"));
                }),
                "Two variants are to become ghcr.io/acme/app:1.0. Name the values of the variants in it, as in"
                        + " {runtime}-{python}.");
    }

    @Test
    void givesEachVariantItsSecretsAndItsNetwork() {
        BuildMultiArchStep step = step(s -> {
            s.setVariants(List.of("stage=test", "stage=live"));
            s.setSecrets(List.of("npm=npm-{stage}"));
            s.setNetwork("net-{stage}");
            s.setPlatforms(List.of("linux/amd64"));
        });
        List<Map<String, String>> lookedUp = new ArrayList<>();

        BuildOrder order = BuildOrder.of(step, new BuildOrder.Surroundings("id", GLOBAL, false, false, ids -> {
            lookedUp.add(ids);
            return Map.of();
        }));

        assertThat(lookedUp).containsExactly(Map.of("npm", "npm-test"), Map.of("npm", "npm-live"));
        assertThat(order.cells()).extracting(BuildCell::secrets).isEqualTo(lookedUp);
        assertThat(order.cells()).extracting(cell -> cell.plan().network()).containsExactly("net-test", "net-live");
    }

    @Test
    void refusesTwoVariantsInOneArchive() {
        isRefused(
                step(step -> {
                    step.setVariants(List.of("python=3.11", "python=3.12"));
                    step.setOutputs(List.of("oci-archive:app"));
                }),
                "Two variants are to become oci-archive:app. Name the values of the variants in it, as in"
                        + " {runtime}-{python}.");
    }

    @Test
    void refusesTwoVariantsInOneFolder() {
        isRefused(
                step(step -> {
                    step.setVariants(List.of("python=3.11", "python=3.12"));
                    step.setOutputs(List.of("local:files"));
                }),
                "Two variants are to become local:files. Name the values of the variants in it, as in"
                        + " {runtime}-{python}.");
    }

    @Test
    void letsNoVariantNameAPlaceOutsideTheBuild() {
        BuildMultiArchStep step = step(s -> {
            s.setVariants(List.of("name=x branch=../../.."));
            s.setOutputs(List.of("local:{branch}"));
        });

        assertThatThrownBy(() -> order(step))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("'local:../../..' is no output");
    }
}
