package io.jenkins.plugins.multiarch.tools;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Container tools that a test works with for real. {@code .ci/tools-up} installs and starts them and writes the
 * environment variables that are read here.
 *
 * <p>Asking for a tool that is not here skips the test with a line that says so; with {@code -Dreal.tools=required} it
 * fails instead, so that a CI that lost its tools does not stay green.
 *
 * <p>Names of commands: {@code docker}, {@code buildah}, {@code podman}, {@code skopeo}, {@code cosign},
 * {@code oras}, {@code node}. Names of services: {@code dockerd}, {@code dockerd-containerd} (the socket of one with the containerd image
 * store), {@code sigstore-conformance} (a checkout of that suite), {@code sigstore-verify} (a folder of packages for Node.js), {@code buildx} (as {@code docker buildx}), {@code arm64} (the machine runs arm64 binaries)
 * and the registries {@code registry}, {@code registry-basic}, {@code registry-tls}, {@code registry-token}.
 */
public final class RealTools {

    private static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("docker", "ENGINES_DOCKER"),
            Map.entry("cosign", "ENGINES_COSIGN"),
            Map.entry("oras", "ENGINES_ORAS"),
            Map.entry("dockerd-containerd", "ENGINES_DOCKERD_CONTAINERD"),
            Map.entry("base-amd64", "ENGINES_BASE_AMD64"),
            Map.entry("base-arm64", "ENGINES_BASE_ARM64"),
            Map.entry("sigstore-conformance", "ENGINES_SIGSTORE_CONFORMANCE"),
            Map.entry("sigstore-verify", "ENGINES_SIGSTORE_VERIFY"),
            Map.entry("registry", "ENGINES_REGISTRY_PLAIN"),
            Map.entry("registry-basic", "ENGINES_REGISTRY_BASIC"),
            Map.entry("registry-tls", "ENGINES_REGISTRY_TLS"),
            Map.entry("registry-token", "ENGINES_REGISTRY_TOKEN"));

    private static final Set<String> NAMED_ALREADY = new HashSet<>();

    private static final long COMMAND_SECONDS = 120;

    /** What .ci/tools-up does not bring, and is tried where it is there. */
    private static final Set<String> EXTRAS = Set.of("podman", "dockerd-containerd", "sigstore-conformance");

    private RealTools() {}

    /** Goes on only if every named tool is here. */
    public static void require(String... names) {
        Arrays.stream(names).filter(name -> find(name).isEmpty()).findFirst().ifPresent(RealTools::miss);
    }

    /** The path of a command, for example {@code skopeo}. */
    public static String command(String name) {
        require(name);
        return find(name).orElseThrow();
    }

    /** The {@code host:port} of a registry: {@code registry}, {@code registry-basic}, {@code -tls} or {@code -token}. */
    public static String registry(String name) {
        return command(name);
    }

    /** The socket of the Docker daemon, for example {@code unix:///run/docker.sock}. */
    public static String dockerHost() {
        return command("dockerd");
    }

    /** The certificate that signed the one of {@code registry-tls}, as a PEM file. */
    public static Path certificateAuthority() {
        require("registry-tls");
        return Path.of(variable("ENGINES_CA").orElseThrow());
    }

    /** The root file system of a small Linux with a shell, as a tar archive: {@code amd64} or {@code arm64}. */
    public static Path rootFileSystem(String architecture) {
        return Path.of(command("base-" + architecture));
    }

    /** Who may read and write {@code registry-basic}, {@code registry-tls} and {@code registry-token}. */
    public static String user() {
        return credentials()[0];
    }

    /** The password of {@link #user()}. */
    public static String password() {
        return credentials()[1];
    }

    /**
     * Runs a command in the environment of the tools and gives what it wrote to its standard output.
     *
     * @throws AssertionError if the command does not end with 0 within {@value #COMMAND_SECONDS} seconds; the message
     *     holds the command and what it wrote to its standard error
     */
    public static String run(String... command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("real-tool", ".err");
        Path output = Files.createTempFile("real-tool", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(errors.toFile())
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + "\n" + read(errors) + read(output));
            }
            return read(output);
        } finally {
            Files.deleteIfExists(errors);
            Files.deleteIfExists(output);
        }
    }

    private static Optional<String> find(String name) {
        return switch (name) {
            case "dockerd" -> variable("DOCKER_HOST");
            case "buildx" ->
                variable("DOCKER_CONFIG")
                        .map(folder -> folder + "/cli-plugins/docker-buildx")
                        .filter(RealTools::isCommand);
            case "arm64" ->
                Optional.of("/proc/sys/fs/binfmt_misc/qemu-aarch64")
                        .filter(file -> System.getProperty("os.arch").equals("aarch64") || new File(file).exists());
            default ->
                variable(VARIABLES.getOrDefault(name, ""))
                        .or(() -> name.startsWith("registry") || name.equals("dockerd-containerd")
                                ? Optional.empty()
                                : onPath(name));
        };
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    private static Optional<String> onPath(String command) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> folder + File.separator + command)
                .filter(RealTools::isCommand)
                .findFirst();
    }

    private static boolean isCommand(String path) {
        return Files.isExecutable(Path.of(path)) && !Files.isDirectory(Path.of(path));
    }

    private static String[] credentials() {
        return variable("ENGINES_CREDS").orElse("ci:secret").split(":", 2);
    }

    private static void miss(String name) {
        String line = name + " is not here. Start the tools with .ci/tools-up and source the file that it names.";
        if ("required".equals(System.getProperty("real.tools")) && !EXTRAS.contains(name)) {
            Assertions.fail(line);
        }
        if (NAMED_ALREADY.add(name)) {
            System.err.println("Skipping tests: " + line);
        }
        Assumptions.abort(line);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
