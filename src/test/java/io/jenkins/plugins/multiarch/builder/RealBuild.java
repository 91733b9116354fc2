package io.jenkins.plugins.multiarch.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One build by a real tool, as a step or the command line makes it. */
final class RealBuild {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path workspace;
    private final Map<String, String> environment;
    private final Set<String> commandLines = new HashSet<>();
    private String added = "";
    private String log = "";

    /** @param scratch for the links that make a tool the one that is found */
    RealBuild(BuilderKind kind, boolean containerd, Path workspace, Path scratch) throws IOException {
        this.workspace = workspace;
        this.environment = new HashMap<>(System.getenv());
        switch (kind) {
            case BUILDX -> RealTools.require("dockerd", "docker", "buildx");
            case DOCKER -> {
                RealTools.require("dockerd", "docker");
                Path programs = Files.createDirectories(scratch.resolve("programs"));
                Files.createSymbolicLink(programs.resolve("docker"), Path.of(RealTools.command("docker")));
                environment.put("PATH", programs + ":" + environment.get("PATH"));
                environment.put(
                        "DOCKER_CONFIG", scratch.resolve("no-docker-config").toString());
            }
            case BUILDAH, PODMAN -> RealTools.require(kind.toString());
            default -> {}
        }
        if (containerd) {
            environment.put("DOCKER_HOST", RealTools.command("dockerd-containerd"));
        }
    }

    RealBuild with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** As somebody would add it who writes the call of the builder on his own. */
    RealBuild withFlag(String flag) {
        added = " " + flag;
        return this;
    }

    ChosenBuilder choose(BuildPlan plan) throws IOException, InterruptedException {
        return InstalledBuilders.probe(new LocalCommands(workspace, environment))
                .choose(plan);
    }

    /** Builds, and gives the builder's exit code. */
    int run(BuildPlan plan, Path folder) throws IOException, InterruptedException {
        ChosenBuilder chosen = choose(plan);
        PreparedBuild.prepare(workspace, folder, plan, chosen, environment);
        Path script = folder.resolve("build.sh");
        Files.writeString(
                script,
                BuilderScript.of(plan, chosen, folder.toString())
                        .replace("--progress=plain", "--progress=plain" + added));
        return run(script, workspace, folder.resolve("log"));
    }

    /** Runs a script in a folder, and gives its exit code. */
    int shell(String text, Path folder) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("script.sh"), text);
        return run(script, folder, folder.resolve("log"));
    }

    private int run(Path script, Path folder, Path output) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!process.waitFor(5, TimeUnit.MILLISECONDS)) {
            watchCommandLines();
            if (System.nanoTime() > end) {
                process.destroyForcibly();
            }
        }
        log = Files.readString(output);
        return process.exitValue();
    }

    String log() {
        return log;
    }

    /** The names of all images in the tool's store. */
    String images(BuilderKind kind) throws IOException, InterruptedException {
        boolean podmanLike = kind == BuilderKind.BUILDAH || kind == BuilderKind.PODMAN;
        List<String> command = podmanLike
                ? List.of(kind.toString(), "images", "--format", "{{.Name}}:{{.Tag}}")
                : List.of("docker", "image", "ls", "--format", "{{.Repository}}:{{.Tag}}");
        if (kind == BuilderKind.PODMAN) {
            command = List.of("podman", "images", "--format", "{{.Repository}}:{{.Tag}}");
        }
        Commands.Answer answer = new LocalCommands(workspace, environment).run(command, LIMIT);
        assertThat(answer.status()).as(answer.errors()).isZero();
        return answer.output();
    }

    /** Every argument list of the machine that was seen while the build ran. */
    Set<String> commandLines() {
        return commandLines;
    }

    private void watchCommandLines() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.filter(RealBuild::isProcess).toList()) {
                try {
                    commandLines.add(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                            .replace('\0', ' '));
                } catch (IOException e) {
                    // it ended
                }
            }
        }
    }

    private static boolean isProcess(Path folder) {
        return folder.getFileName().toString().matches("[0-9]+");
    }

    static List<BuilderKind> withEngines() {
        return List.of(BuilderKind.BUILDX, BuilderKind.DOCKER, BuilderKind.BUILDAH, BuilderKind.PODMAN);
    }
}
