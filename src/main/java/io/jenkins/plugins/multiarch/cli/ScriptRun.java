package io.jenkins.plugins.multiarch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * Runs a builder's script and shows what it says as it says it.
 *
 * @param shown where that goes
 * @param folder where the script runs
 * @param environment all of its environment
 */
record ScriptRun(PrintStream shown, Path folder, Map<String, String> environment) {
    private static final Logger LOGGER = Logger.getLogger(ScriptRun.class.getName());

    /** How long a script that is to end may take its images out of the store, and how long output may come after the end. */
    private static final int LAST_SECONDS = 5;

    /**
     * Waits for its end; an interrupt ends it and what it started.
     *
     * @return its exit code
     */
    int run(Path script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            Thread reader = new Thread(() -> show(process.getInputStream()), "builder-output");
            reader.setDaemon(true);
            reader.start();
            int code = process.waitFor();
            reader.join(TimeUnit.SECONDS.toMillis(LAST_SECONDS));
            return code;
        } finally {
            end(process);
        }
    }

    /** In a thread of its own, as no interrupt ends the reading of a pipe. */
    private void show(InputStream said) {
        byte[] buffer = new byte[1 << 13];
        try {
            for (int read = said.read(buffer); read >= 0; read = said.read(buffer)) {
                shown.write(buffer, 0, read);
                shown.flush();
            }
        } catch (IOException e) {
            LOGGER.fine(() -> "a builder was ended while it wrote");
        }
    }

    /** Asked first, so that the script can take its images out of the store. */
    private static void end(Process process) throws InterruptedException {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> all = process.descendants().toList();
        all.forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor(LAST_SECONDS, TimeUnit.SECONDS);
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
