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
import java.io.InputStream;
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
        EngineBuilt built = null;
        try {
            for (int i = 0; i < plans.size(); i++) {
                outputs.add(build(plans.get(i), chosen.get(i), temporary.resolve(Integer.toString(i))));
            }
            built = new EngineBuilt(outputs, registry, log, () -> delete(temporary));
            return built;
        } finally {
            if (built == null) {
                new EngineBuilt(outputs, registry, log, () -> delete(temporary)).close();
            }
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

    /** What the builder says is shown as it says it. */
    private void run(BuildPlan plan, ChosenBuilder chosen, Path folder) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("build.sh"), BuilderScript.of(plan, chosen, folder.toString()));
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString())
                .directory(workspace.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            show(process.getInputStream());
            int code = process.waitFor();
            if (code != 0) {
                throw new ReleaseException(
                        "The builder " + chosen.kind() + " could not build " + plan.platform() + ": it ended with "
                                + code + ".",
                        "What it said is above.");
            }
        } finally {
            end(process);
        }
    }

    private void show(InputStream said) throws IOException {
        byte[] buffer = new byte[1 << 13];
        for (int read = said.read(buffer); read >= 0; read = said.read(buffer)) {
            around.err().write(buffer, 0, read);
            around.err().flush();
        }
    }

    /** Asked to end, so that the script can take its images out of the store. */
    private static void end(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
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
