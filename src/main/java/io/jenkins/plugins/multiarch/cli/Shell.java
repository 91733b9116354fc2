package io.jenkins.plugins.multiarch.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs commands of this program as a person would, each shown before what it says. */
final class Shell {
    private static final String MARGIN = "   ";

    private final Surroundings around;
    private final List<String> registryArguments;

    /** @param registryArguments flags that every command gets, so that it reaches the registry */
    Shell(Surroundings around, List<String> registryArguments) {
        this.around = around;
        this.registryArguments = List.copyOf(registryArguments);
    }

    /** What a command came to. */
    private record Ended(int code, String out, String err) {}

    void say(String line) {
        around.err().println(line);
    }

    /** Runs a command that has to succeed, and gives its result. */
    ObjectNode run(List<String> command) {
        Ended ended = succeeded(command, start(command, List.of("--json")));
        ObjectNode result = Json.read(ended.out().getBytes(StandardCharsets.UTF_8), "The result of " + command.get(0));
        if (result.has("reference")) {
            say(MARGIN + result.path("reference").asText());
        }
        return result;
    }

    /** Runs a command whose result is for people. */
    void show(List<String> command) {
        succeeded(command, start(command, List.of())).out().lines().forEach(line -> say(MARGIN + line));
    }

    /** Runs a command that has to be refused, and gives the refusal. */
    String refused(List<String> command) {
        Ended ended = start(command, List.of());
        if (ended.code() != 1) {
            throw new ReleaseException(
                    "The demo ended early: '" + Main.NAME + " " + command.get(0) + "' should have been refused.",
                    "Report this with what the demo printed.");
        }
        return ended.err().strip();
    }

    private static Ended succeeded(List<String> command, Ended ended) {
        if (ended.code() != 0) {
            throw new ReleaseException(
                    "The demo ended early: '" + Main.NAME + " " + command.get(0) + "' was refused, as is said above.",
                    "Mend that and run the demo again; it starts over and does nothing twice.");
        }
        return ended;
    }

    private Ended start(List<String> command, List<String> more) {
        say("");
        say(shown(command));
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(registryArguments);
        arguments.addAll(more);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                new Surroundings(utf8(out), utf8(err), around.environment(), around.home(), around.terminal()),
                arguments.toArray(String[]::new));
        String said = err.toString(StandardCharsets.UTF_8);
        said.lines().forEach(line -> say(MARGIN + line));
        return new Ended(code, out.toString(StandardCharsets.UTF_8), said);
    }

    private static PrintStream utf8(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** A flag and its value on a line, so that digests do not run out of the window. */
    private static String shown(List<String> command) {
        StringBuilder text = new StringBuilder(MARGIN + "$ " + Main.NAME);
        for (String word : command) {
            text.append(word.startsWith("--") ? " \\\n" + MARGIN + "    " : " ").append(word);
        }
        return text.toString();
    }
}
