package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.Node;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.Set;

/**
 * What can be said of labels before an agent is asked for.
 *
 * @param held the node that the step was called in, one executor of which is taken by the build
 */
record AgentChecks(@CheckForNull Node held) {

    static boolean has(Node node, String label) {
        return parse(label).matches(node);
    }

    /** Whether an agent with this label is online, or a cloud would start one. */
    static boolean isAvailable(String label) {
        return isAvailable(parse(label));
    }

    static boolean isAvailable(Label parsed) {
        return !parsed.getClouds().isEmpty() || parsed.getNodes().stream().anyMatch(AgentChecks::isOnline);
    }

    private static boolean isOnline(Node node) {
        Computer computer = node.toComputer();
        return computer != null && computer.isOnline() && computer.getNumExecutors() > 0;
    }

    private static Label parse(String label) {
        try {
            return Label.parseExpression(label);
        } catch (IllegalArgumentException e) {
            throw new ReleaseException(
                    "'" + Shown.of(label) + "' is not a label expression.",
                    "Write a label, or several joined by && or ||, as in arch-arm64 && big.",
                    e);
        }
    }

    private static boolean isUnknown(String label) {
        Label parsed = parse(label);
        return parsed.getNodes().isEmpty() && parsed.getClouds().isEmpty();
    }

    /** @throws ReleaseException if no agent has a label that is needed, or the only one is held by this build itself */
    void refuseUnlessBuildable(BuildCell.Placement placement, Platform platform) {
        if (placement.unavailable() == Unavailable.DEFAULT && isUnknown(placement.label())) {
            throw new ReleaseException(
                    "No agent has the label " + placement.label() + ", which builds " + platform + ".",
                    "Correct agents, give an agent this label, or say what to do with onUnavailable.");
        }
        if (placement.unavailable() == Unavailable.EMULATE && isUnknown(placement.fallback())) {
            throw new ReleaseException(
                    "No agent has the label " + placement.fallback() + ", which emulates " + platform
                            + " when its own agents are offline.",
                    "Correct the default in agents, or give an agent this label.");
        }
        Set<Node> nodes = parse(placement.label()).getNodes();
        if (held != null && nodes.equals(Set.of(held)) && held.getNumExecutors() == 1) {
            throw new ReleaseException(
                    platform + " would wait for ever: " + held.getDisplayName()
                            + " is the only agent with the label " + placement.label()
                            + ", and its one executor is held by the node that buildMultiArch was called in.",
                    "Call buildMultiArch outside node, or leave source out to build in this workspace.");
        }
    }
}
