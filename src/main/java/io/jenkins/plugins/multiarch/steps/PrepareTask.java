package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.builder.BasePins;
import io.jenkins.plugins.multiarch.builder.BuildPlan;
import io.jenkins.plugins.multiarch.builder.BuilderKind;
import io.jenkins.plugins.multiarch.builder.BuilderScript;
import io.jenkins.plugins.multiarch.builder.ChosenBuilder;
import io.jenkins.plugins.multiarch.builder.InstalledBuilders;
import io.jenkins.plugins.multiarch.builder.PreparedBuild;
import io.jenkins.plugins.multiarch.builder.ReproduceScript;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Chooses the builder and writes its files, on the agent.
 *
 * @param installed what the agent answered
 * @param folder to be private to this build, an absolute path
 * @param environment that the builder runs in
 * @param registries that base images may come from
 */
record PrepareTask(
        String plan,
        boolean custom,
        InstalledBuilders installed,
        String folder,
        HashMap<String, String> environment,
        ArrayList<String> registries)
        implements RegistryTask<PreparedCell> {
    private static final long serialVersionUID = 1L;

    @Override
    public PreparedCell run(Registry registry, Optional<Path> workspace, Consumer<String> log)
            throws IOException, InterruptedException {
        long started = System.currentTimeMillis();
        Path here = workspace.orElseThrow();
        Path prepared = Path.of(folder);
        PrivateFolders.renew(prepared);
        BuildPlan asked = BuildPlan.parse(plan.getBytes(StandardCharsets.UTF_8));
        if (custom) {
            return prepared(asked, own(), "", "", started);
        }
        ChosenBuilder chosen = installed.choose(asked);
        log.accept(chosen.reason());
        BuildPlan pinned = asked.withBaseImages(BasePins.of(here, asked, registry, log));
        PreparedBuild.prepare(here, prepared, pinned, chosen, environment);
        String script = BuilderScript.of(pinned, chosen, folder);
        String reproduce = ReproduceScript.of(
                pinned,
                chosen,
                environment.getOrDefault("GIT_URL", ""),
                environment.getOrDefault("GIT_COMMIT", ""),
                pinned.baseImages());
        return prepared(pinned, chosen, script, reproduce, started);
    }

    /** The Jenkinsfile builds; nobody knows by what, or whether it is emulated. */
    private static ChosenBuilder own() {
        return new ChosenBuilder(BuilderKind.DAEMONLESS, "", "", false, Set.of());
    }

    private PreparedCell prepared(BuildPlan made, ChosenBuilder chosen, String script, String reproduce, long started) {
        return new PreparedCell(
                new String(made.toJson(), StandardCharsets.UTF_8),
                folder,
                script,
                reproduce,
                custom ? "Jenkinsfile" : chosen.kind().toString(),
                chosen.version(),
                chosen.emulated(),
                started);
    }
}
