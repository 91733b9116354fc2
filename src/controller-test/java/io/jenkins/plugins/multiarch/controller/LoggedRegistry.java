package io.jenkins.plugins.multiarch.controller;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real registry of its own, with a log of every request. */
final class LoggedRegistry implements AutoCloseable {
    /** As in {@code "GET /v2/app/manifests/1 HTTP/1.1"}. */
    private static final Pattern REQUEST = Pattern.compile("\"([A-Z]+) (/v2/\\S*) HTTP/");

    private final String address;
    private final Path log;
    private final Process process;

    private LoggedRegistry(String address, Path log, Process process) {
        this.address = address;
        this.log = log;
        this.process = process;
    }

    /** @param folder for all that it writes */
    static LoggedRegistry start(Path folder) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path configuration = folder.resolve("registry.yml");
        Files.writeString(configuration, """
                version: 0.1
                log: {level: error}
                storage:
                  filesystem: {rootdirectory: %s}
                  delete: {enabled: true}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(folder.resolve("registry"), port));
        Files.writeString(
                folder.resolve("registries.conf"),
                "[[registry]]\nlocation = \"127.0.0.1:" + port + "\"\ninsecure = true\n");
        Path log = folder.resolve("registry.log");
        ProcessBuilder command =
                new ProcessBuilder(RealTools.command("docker-registry"), "serve", configuration.toString());
        command.environment().keySet().removeIf(name -> name.startsWith("REGISTRY_"));
        Process process =
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Eventually.get("the registry to start, see " + log, () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return Optional.of(socket.isConnected());
            } catch (IOException notYet) {
                return Optional.empty();
            }
        });
        return new LoggedRegistry("127.0.0.1:" + port, log, process);
    }

    String address() {
        return address;
    }

    /** Tells buildah, in {@code CONTAINERS_REGISTRIES_CONF}, that this registry speaks without TLS. */
    Path registriesConf() {
        return log.resolveSibling("registries.conf");
    }

    /** All requests about a repository, as in {@code GET /v2/app/manifests/1}. */
    List<String> requests(Repository repository) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(REQUEST::matcher)
                    .filter(Matcher::find)
                    .map(request -> request.group(1) + " " + request.group(2))
                    .filter(request -> request.contains(" /v2/" + repository.path() + "/"))
                    .toList();
        }
    }

    /** Those that do not only look. */
    List<String> writes() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(REQUEST::matcher)
                    .filter(Matcher::find)
                    .filter(request -> !List.of("GET", "HEAD").contains(request.group(1)))
                    .map(request -> request.group(1) + " " + request.group(2))
                    .toList();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
