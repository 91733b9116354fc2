package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.staging.ContainerTool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs commands on this machine.
 *
 * @param environment all of their environment
 */
record LocalCommands(Map<String, String> environment) implements ContainerTool.Commands {
    /** What is read of a command's output, in bytes. */
    private static final int MAX_OUTPUT = 1 << 16;

    @Override
    public ContainerTool.Ended run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("command-", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.redirectOutput(output.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            try {
                process.getOutputStream().close();
                int status = process.waitFor();
                try (InputStream said = Files.newInputStream(output)) {
                    return new ContainerTool.Ended(
                            status, new String(said.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8));
                }
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
