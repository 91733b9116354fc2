package io.jenkins.plugins.multiarch.builder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    /** How long the output of a command that has ended is waited for. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(5);

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
            Output output = Output.read(process.getInputStream());
            Output errors = Output.read(process.getErrorStream());
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                end(process);
            }
            Instant last = Instant.now().plus(LAST_OUTPUT);
            return new Answer(ended ? process.exitValue() : ENDED_BY_US, output.text(last), errors.text(last));
        } finally {
            end(process);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /**
     * What a command says on one of its outputs, read by a thread of its own: a process that the command left behind may
     * keep the output open for ever.
     */
    private static final class Output {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final Thread reader;

        private Output(InputStream in) {
            reader = new Thread(() -> keep(in), "command-output");
            reader.setDaemon(true);
        }

        static Output read(InputStream in) {
            Output output = new Output(in);
            output.reader.start();
            return output;
        }

        /** All is read, so that the command never waits for us; what is too much is forgotten. */
        private void keep(InputStream in) {
            byte[] buffer = new byte[1 << 13];
            try (in) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    kept.write(buffer, 0, Math.min(read, MAX_OUTPUT - kept.size()));
                }
            } catch (IOException e) {
                LOGGER.fine(() -> "a command was ended while it wrote");
            }
        }

        /** To be asked for when the command has ended. */
        String text(Instant last) throws InterruptedException {
            reader.join(Math.max(1, Duration.between(Instant.now(), last).toMillis()));
            return kept.toString(StandardCharsets.UTF_8);
        }
    }
}
