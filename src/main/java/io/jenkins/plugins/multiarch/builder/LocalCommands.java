package io.jenkins.plugins.multiarch.builder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * Runs commands on this machine.
 *
 * @param folder where they run
 * @param environment all of their environment
 */
public record LocalCommands(Path folder, Map<String, String> environment) implements Commands {
    private static final Logger LOGGER = Logger.getLogger(LocalCommands.class.getName());
    private static final int ENDED_BY_US = 124;

    public LocalCommands {
        environment = Map.copyOf(environment);
    }

    @Override
    public Answer run(List<String> command, Duration limit) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            CompletableFuture<String> output = supply(process.getInputStream(), limit);
            CompletableFuture<String> errors = supply(process.getErrorStream(), limit);
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                end(process);
            }
            return new Answer(ended ? process.exitValue() : ENDED_BY_US, output.join(), errors.join());
        } finally {
            end(process);
        }
    }

    /** A process that the command left behind may keep its output open for ever. */
    private static CompletableFuture<String> supply(InputStream in, Duration limit) {
        return CompletableFuture.supplyAsync(() -> read(in))
                .completeOnTimeout("", limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** All is read, so that the command never waits for us; what is too much is forgotten. */
    private static String read(InputStream in) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        try (in) {
            kept.write(in.readNBytes(MAX_OUTPUT));
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            LOGGER.fine(() -> "a command was ended while it wrote");
        }
        return kept.toString(StandardCharsets.UTF_8);
    }
}
