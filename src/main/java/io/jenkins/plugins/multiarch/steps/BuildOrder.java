package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.builder.Secret;
import io.jenkins.plugins.multiarch.config.AgentLabels;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What {@link BuildMultiArchStep the arguments of a step} mean: the images, and for each the platforms to build.
 *
 * @param images in the order of the variants; one where there are none
 * @param cells what is built, each on an agent
 * @param published whether anything is written to a registry
 */
record BuildOrder(List<OrderedImage> images, List<BuildCell> cells, boolean published) {
    /**
     * What is known besides the arguments.
     *
     * @param id of the step in its build, fit for a file's name
     * @param agents labels that hold where the step says nothing
     * @param change whether a pull request is built, from which nothing may be published
     * @param inside whether the step was called inside a node, to build the workspace there
     * @param secrets tells how secrets come, by their ids, of the credentials that they are
     */
    record Surroundings(
            String id,
            AgentLabels agents,
            boolean change,
            boolean inside,
            Function<Map<String, String>, Map<String, Secret>> secrets) {}

    /** @throws ReleaseException if an argument cannot be understood, or two contradict each other */
    static BuildOrder of(BuildMultiArchStep step, Surroundings surroundings) {
        return new BuildArguments(step, surroundings).order();
    }
}
