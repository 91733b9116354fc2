package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.builder.BuildPlan;
import io.jenkins.plugins.multiarch.config.AgentLabels;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.Map;
import java.util.function.Consumer;

/** Orders of the step buildMultiArch for ghcr.io/acme/app, in build 7 of a job. */
final class SampleOrder {
    static final AgentLabels GLOBAL = new AgentLabels(Map.of("linux", "docker"));

    private SampleOrder() {}

    static BuildMultiArchStep step(Consumer<BuildMultiArchStep> said) {
        BuildMultiArchStep step = new BuildMultiArchStep("ghcr.io/acme/app");
        said.accept(step);
        return step;
    }

    static BuildOrder order(BuildMultiArchStep step) {
        return BuildOrder.of(
                step, new BuildOrder.Surroundings("multiarch-7-12", GLOBAL, false, false, ids -> Map.of()));
    }

    static BuildOrder ofPullRequest(BuildMultiArchStep step) {
        return BuildOrder.of(step, new BuildOrder.Surroundings("multiarch-7-12", GLOBAL, true, false, ids -> Map.of()));
    }

    static BuildPlan plan(BuildMultiArchStep step) {
        return order(step).cells().get(0).plan();
    }

    static void isRefused(BuildMultiArchStep step, String message) {
        assertThatThrownBy(() -> order(step))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(message);
    }
}
