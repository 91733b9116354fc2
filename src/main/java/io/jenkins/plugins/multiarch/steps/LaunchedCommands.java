package io.jenkins.plugins.multiarch.steps;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import io.jenkins.plugins.multiarch.staging.ContainerTool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs commands where {@code sh} would run them, in the Pipeline's environment: in its container, where it is in one. */
record LaunchedCommands(Launcher launcher, EnvVars environment, FilePath folder) implements ContainerTool.Commands {
    /** What is kept of a command's output, in bytes; progress may go on for long. */
    private static final int MAX_OUTPUT = 1 << 16;

    @Override
    public ContainerTool.Ended run(List<String> command) throws IOException, InterruptedException {
        Beginning output = new Beginning();
        int status = launcher.launch()
                .cmds(command)
                .envs(environment)
                .pwd(folder)
                .quiet(true)
                .stdout(output)
                .join();
        return new ContainerTool.Ended(status, output.text());
    }

    /** Forgets all but the beginning. */
    private static final class Beginning extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            kept.write(bytes, from, Math.min(length, MAX_OUTPUT - kept.size()));
        }

        synchronized String text() {
            return kept.toString(StandardCharsets.UTF_8);
        }
    }
}
