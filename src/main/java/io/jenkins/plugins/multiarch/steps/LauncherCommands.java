package io.jenkins.plugins.multiarch.steps;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.builder.Commands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands where {@code sh} would: on the agent, in its containers, with the environment of the Pipeline. */
record LauncherCommands(Launcher launcher, EnvVars environment, FilePath folder, TaskListener listener)
        implements Commands {

    @Override
    public Answer run(List<String> command, Duration limit) throws IOException, InterruptedException {
        Bounded output = new Bounded();
        Bounded errors = new Bounded();
        int status = launcher.launch()
                .cmds(command)
                .envs(environment)
                .pwd(folder)
                .stdout(output)
                .stderr(errors)
                .quiet(true)
                .start()
                .joinWithTimeout(limit.toSeconds(), TimeUnit.SECONDS, listener);
        return new Answer(status, output.text(), errors.text());
    }

    /** Keeps the beginning, and forgets what is too much. */
    private static final class Bounded extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            if (kept.size() < MAX_OUTPUT) {
                kept.write(b);
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            kept.write(bytes, offset, Math.min(length, MAX_OUTPUT - kept.size()));
        }

        synchronized String text() {
            return kept.toString(StandardCharsets.UTF_8);
        }
    }
}
