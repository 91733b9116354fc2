package io.jenkins.plugins.multiarch.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command finds around itself.
 *
 * @param out where results go
 * @param err where goes what happened on the way, and refusals
 * @param home where the user's docker configuration lies
 * @param terminal whether a person is watching
 */
record Surroundings(PrintStream out, PrintStream err, Map<String, String> environment, Path home, boolean terminal) {

    Surroundings {
        environment = Map.copyOf(environment);
    }

    static Surroundings ofProcess() {
        return new Surroundings(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.getenv(),
                Path.of(System.getProperty("user.home", "")),
                System.console() != null);
    }

    /** In UTF-8 whatever the machine's language, since results are read by other programs. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Tells what happened; over a line of progress where there is one. */
    void say(String line) {
        err.println(terminal ? ProgressMeter.ERASE + line : line);
    }

    Surroundings withOut(PrintStream other) {
        return new Surroundings(other, err, environment, home, terminal);
    }
}
