package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A docker-registry of a test's own, whose garbage can be collected. */
final class OwnDockerRegistry implements AutoCloseable {
    private static final long START_SECONDS = 30;

    private final Path configuration;
    private final int port;
    private final Process process;

    OwnDockerRegistry(Path folder) throws IOException, InterruptedException {
        RealTools.require("docker-registry");
        port = freePort();
        configuration =
                Files.writeString(folder.resolve("registry.yml"), """
                version: 0.1
                log: {level: warn, accesslog: {disabled: true}}
                storage:
                  filesystem: {rootdirectory: %s}
                  delete: {enabled: true}
                http: {addr: 127.0.0.1:%d}
                """.formatted(folder.resolve("storage"), port));
        ProcessBuilder serve =
                new ProcessBuilder(RealTools.command("docker-registry"), "serve", configuration.toString());
        serve.environment().clear();
        process = serve.redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        awaitPort();
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private void awaitPort() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            try (Socket open = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
        }
        throw new IOException("docker-registry did not start on port " + port);
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Deletes the blobs that nothing has, and whatever the flags say. */
    void collectGarbage(String... flags) throws IOException, InterruptedException {
        // Each REGISTRY_… variable would change the configuration.
        List<String> command =
                new ArrayList<>(List.of("env", "-i", RealTools.command("docker-registry"), "garbage-collect"));
        command.addAll(List.of(flags));
        command.add(configuration.toString());
        RealTools.run(command.toArray(String[]::new));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(START_SECONDS, TimeUnit.SECONDS);
    }
}
