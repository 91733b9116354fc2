package io.jenkins.plugins.multiarch.steps;

import static io.jenkins.plugins.multiarch.steps.SampleOrder.GLOBAL;
import static io.jenkins.plugins.multiarch.steps.SampleOrder.isRefused;
import static io.jenkins.plugins.multiarch.steps.SampleOrder.order;
import static io.jenkins.plugins.multiarch.steps.SampleOrder.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On which agents the platforms of an order are built. */
class OrderedAgentsTest {

    @Test
    void believesTheStepBeforeTheGlobalConfiguration() {
        BuildOrder order = order(step(step -> {
            step.setAgents(List.of("linux/arm64=arch-arm64", "default=emulators"));
            step.setOnUnavailable("emulate");
            step.setWaitMinutes(5);
        }));

        assertThat(order.cells()).extracting(cell -> cell.placement().label()).containsExactly("docker", "arch-arm64");
        assertThat(order.cells().get(1).placement())
                .isEqualTo(new BuildCell.Placement("arch-arm64", "emulators", Unavailable.EMULATE, false, 5));
    }

    @Test
    void asksForTheAgentsOfAPlatform() {
        isRefused(
                step(step -> step.setPlatforms(List.of("windows/amd64"))),
                "Nothing says which agents build windows/amd64. Give their label, as in agents: ['windows/amd64':"
                        + " 'arch-amd64'], or have it set once for all jobs in the global configuration.");
    }

    @Test
    void needsNoLabelInsideANode() {
        BuildMultiArchStep step = step(s -> s.setPlatforms(List.of("windows/amd64")));

        BuildOrder order = BuildOrder.of(step, new BuildOrder.Surroundings("id", GLOBAL, false, true, ids -> Map.of()));

        assertThat(order.cells().get(0).placement().label()).isEmpty();
    }

    @Test
    void refusesEmulationWithoutAgentsForIt() {
        isRefused(
                step(step -> step.setOnUnavailable("emulate")),
                "onUnavailable is emulate, and agents has no default. Give the label of the agents that emulate, as in"
                        + " default=linux.");
    }
}
