package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.builder.BasePins;
import io.jenkins.plugins.multiarch.builder.BuildPlan;
import io.jenkins.plugins.multiarch.builder.BuilderKind;
import io.jenkins.plugins.multiarch.builder.BuilderScript;
import io.jenkins.plugins.multiarch.builder.BuiltOutput;
import io.jenkins.plugins.multiarch.builder.ChosenBuilder;
import io.jenkins.plugins.multiarch.builder.DaemonlessOutput;
import io.jenkins.plugins.multiarch.builder.InstalledBuilders;
import io.jenkins.plugins.multiarch.builder.LocalCommands;
import io.jenkins.plugins.multiarch.builder.PreparedBuild;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Builds platform after platform with the builders of this machine. */
final class EngineBuild implements Built.Source {
    private final Surroundings around;
    private final Registry registry;
    private final Consumer<String> log;
    private final Path workspace;
    private final List<BuildPlan> plans;
    private final Map<String, String> environment;

    /**
     * @param workspace the folder that the plans' paths are relative to
     * @param environment of the builders, with the variables of secrets
     */
    EngineBuild(
            Surroundings around,
            Registry registry,
            Consumer<String> log,
            Path workspace,
            List<BuildPlan> plans,
            Map<String, String> environment) {
        this.around = around;
        this.registry = registry;
        this.log = log;
        this.workspace = workspace;
        this.plans = List.copyOf(plans);
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Built build() throws IOException, InterruptedException {
        InstalledBuilders installed = InstalledBuilders.probe(new LocalCommands(workspace, environment));
        List<ChosenBuilder> chosen = plans.stream().map(installed::choose).toList();
        Path temporary = Files.createTempDirectory("multiarch-build");
        List<BuiltOutput> outputs = new ArrayList<>();
        try {
            for (int i = 0; i < plans.size(); i++) {
                outputs.add(build(plans.get(i), chosen.get(i), temporary.resolve(Integer.toString(i))));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            close(new EngineBuilt(outputs, registry, log, () -> delete(temporary)), e);
            throw e;
        }
        return new EngineBuilt(outputs, registry, log, () -> delete(temporary));
    }

    /** What cannot be put away is no reason to say something else than why. */
    private static void close(EngineBuilt built, Exception why) {
        try {
            built.close();
        } catch (IOException | UncheckedIOException e) {
            why.addSuppressed(e);
        }
    }

    private BuiltOutput build(BuildPlan plan, ChosenBuilder chosen, Path folder)
            throws IOException, InterruptedException {
        around.say("Building " + plan.platform() + " by " + chosen.kind()
                + (chosen.version().isEmpty() ? "" : " " + chosen.version())
                + (chosen.emulated() ? ", emulated" : "") + ". " + chosen.reason());
        BuildPlan pinned = plan.withBaseImages(BasePins.of(workspace, plan, registry, around::say));
        PreparedBuild.prepare(workspace, folder, pinned, chosen, environment);
        if (chosen.kind() == BuilderKind.DAEMONLESS) {
            DaemonlessOutput.write(workspace, folder, pinned, registry, around::say);
        } else {
            run(pinned, chosen, folder);
        }
        return BuiltOutput.read(folder, pinned);
    }

    private void run(BuildPlan plan, ChosenBuilder chosen, Path folder) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("build.sh"), BuilderScript.of(plan, chosen, folder.toString()));
        int code = new ScriptRun(around.err(), workspace, environment).run(script);
        if (code != 0) {
            throw new ReleaseException(
                    "The builder " + chosen.kind() + " could not build " + plan.platform() + ": it ended with " + code
                            + ".",
                    "What it said is above.");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
