package io.jenkins.plugins.multiarch.builder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One command of a script, a flag a line. */
final class ShellCommand {
    private final List<String> lines = new ArrayList<>();

    /** @param words taken as they are */
    ShellCommand(String words) {
        lines.add(words);
    }

    /** A flag with a value that may hold anything. */
    ShellCommand flag(String name, String value) {
        lines.add(name + " " + ShellQuote.of(value));
        return this;
    }

    /** Several times the same flag, with {@code KEY=VALUE}. */
    ShellCommand flags(String name, Map<String, String> values) {
        values.forEach((key, value) -> flag(name, key + "=" + value));
        return this;
    }

    /** Words of the shell, such as a flag whose value the shell expands. */
    ShellCommand words(String words) {
        lines.add(words);
        return this;
    }

    ShellCommand wordsIf(boolean condition, String words) {
        return condition ? words(words) : this;
    }

    @Override
    public String toString() {
        return String.join(" \\\n  ", lines) + "\n";
    }
}
