package io.jenkins.plugins.multiarch.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
                isTerminal(System.console()) && isTerminal(Path.of("/proc/self/fd/2")));
    }

    /** From Java 22 on there is a console without a terminal too, which it says itself. */
    private static boolean isTerminal(Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** A console speaks of input and output; errors may go into a file all the same, which only Linux tells. */
    static boolean isTerminal(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return true;
        }
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
