package io.jenkins.plugins.multiarch.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One run of the command line: what it was given, its exit code and all that it printed. */
record CommandLineRun(int code, byte[] bytes, String err) {
    /** A home without a docker configuration. */
    private static final Path NOBODYS_HOME = Path.of("no-such-home");

    private static final Path STATE = temporary();

    private static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("state");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CommandLineRun of(String... arguments) {
        return with(Map.of(), arguments);
    }

    static CommandLineRun with(Map<String, String> environment, String... arguments) {
        return with(environment, false, arguments);
    }

    static CommandLineRun with(Map<String, String> environment, boolean terminal, String... arguments) {
        Map<String, String> all = new HashMap<>(Map.of("XDG_STATE_HOME", STATE.toString()));
        all.putAll(environment);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(new Surroundings(print(out), print(err), all, NOBODYS_HOME, terminal), arguments);
        return new CommandLineRun(code, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    /** Standard output as text. */
    String out() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
