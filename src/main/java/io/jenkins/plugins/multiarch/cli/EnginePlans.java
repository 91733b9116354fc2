package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.build.BuildContext;
import io.jenkins.plugins.multiarch.builder.BuildPlan;
import io.jenkins.plugins.multiarch.builder.Secret;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What the flags of {@code build} mean to the builders of this machine: a plan for each platform. */
record EnginePlans(
        List<Platform> platforms,
        Path context,
        Optional<Path> dockerfile,
        Optional<String> target,
        Map<String, String> buildArgs,
        Map<String, BuildContext> contexts,
        Map<String, String> labels,
        Map<String, String> annotations,
        OptionalLong sourceDateEpoch,
        EngineOptions engine) {

    Built.Source source(Surroundings around, Registry registry, Consumer<String> log) {
        Map<String, Secret> secrets = new TreeMap<>();
        Map<String, String> environment = new HashMap<>(around.environment());
        int number = 0;
        for (EngineOptions.SecretSource secret : engine.secrets()) {
            number++;
            String variable = secret.environment() ? secret.place() : "MULTIARCH_SECRET_FILE_" + number;
            secrets.put(secret.id(), new Secret(variable, !secret.environment()));
            if (!secret.environment()) {
                environment.put(
                        variable, Path.of(secret.place()).toAbsolutePath().toString());
            }
        }
        Path workspace = workspace();
        List<BuildPlan> plans = platforms.stream()
                .map(platform -> plan(platform, workspace, secrets))
                .toList();
        return new EngineBuild(around, registry, log, workspace, plans, environment);
    }

    /** Here, where all lies below it, so that what is shown is short; else all of this machine. */
    private Path workspace() {
        Path here = Path.of("").toAbsolutePath();
        return Stream.of(
                                Stream.of(context),
                                dockerfile.stream(),
                                engine.prebuilt().values().stream(),
                                contexts.values().stream().flatMap(EnginePlans::paths))
                        .flatMap(paths -> paths)
                        .allMatch(path -> absolute(path).startsWith(here))
                ? here
                : here.getRoot();
    }

    private static Stream<Path> paths(BuildContext context) {
        if (context instanceof BuildContext.Folder folder) {
            return Stream.of(folder.path());
        }
        return context instanceof BuildContext.LayoutImage layout ? Stream.of(layout.path()) : Stream.empty();
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static String below(Path workspace, Path path) {
        return workspace.relativize(absolute(path)).toString();
    }

    private BuildPlan plan(Platform platform, Path workspace, Map<String, Secret> secrets) {
        Map<String, String> named = new LinkedHashMap<>();
        contexts.forEach((name, source) -> named.put(name, text(source, workspace)));
        Map<String, String> programs = new LinkedHashMap<>();
        engine.prebuilt().forEach((key, folder) -> programs.put(key, below(workspace, folder)));
        return new BuildPlan(
                "",
                platform,
                below(workspace, context),
                dockerfile.map(file -> below(workspace, file)).orElse(""),
                target,
                buildArgs,
                secrets,
                named,
                engine.bases(),
                programs,
                labels,
                annotations,
                engine.network(),
                engine.cache(),
                engine.fresh(),
                engine.builder().kind(),
                engine.emulate(),
                sourceDateEpoch,
                List.of());
    }

    private static String text(BuildContext source, Path workspace) {
        if (source instanceof BuildContext.RegistryImage image) {
            return "docker-image://" + image.image();
        }
        if (source instanceof BuildContext.LayoutImage layout) {
            String separator = layout.name().isEmpty() ? "" : layout.name().contains(":") ? "@" : ":";
            return "oci-layout://" + below(workspace, layout.path()) + separator + layout.name();
        }
        return below(workspace, ((BuildContext.Folder) source).path());
    }
}
