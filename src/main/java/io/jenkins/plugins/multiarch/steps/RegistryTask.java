package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The engine's part of a step, as plain texts that can travel to an agent.
 *
 * <p>It may be run any number of times: what was done already is found and left alone.
 */
interface RegistryTask<T extends Serializable> extends Serializable {

    /**
     * The registries that it talks to, that of the step's {@code image} first; it gets credentials for no other.
     *
     * @throws io.jenkins.plugins.multiarch.image.ReleaseException if an argument cannot be understood
     */
    List<String> registries();

    /** @param workspace where files lie, inside {@code node} */
    T run(Registry registry, Optional<Path> workspace, Consumer<String> log) throws IOException, InterruptedException;
}
