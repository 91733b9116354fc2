package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a Jenkinsfile or a form gave, made tidy: no blanks around it, and nothing said where nothing but blanks was said.
 *
 * <p>Collections are kept as what every Jenkins can save with a running build.
 */
final class StepArguments {

    private StepArguments() {}

    static @CheckForNull String trimmed(@CheckForNull String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    static ArrayList<String> trimmed(@CheckForNull List<String> texts) {
        ArrayList<String> kept = new ArrayList<>();
        if (texts != null) {
            texts.stream().map(StepArguments::trimmed).forEach(text -> {
                if (text != null) {
                    kept.add(text);
                }
            });
        }
        return kept;
    }

    /** An argument as the step takes it: a map as its entries, and maps in a list as one line each. */
    static Object asLines(String name, Object value) {
        if (value instanceof Map<?, ?> map && !name.equals("cache")) {
            return entries(map);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(item -> item instanceof Map<?, ?> map ? String.join(" ", entries(map)) : item)
                    .toList();
        }
        return value;
    }

    /** A map as its entries, each {@code key=value}. */
    static ArrayList<String> entries(Map<?, ?> map) {
        ArrayList<String> entries = new ArrayList<>();
        map.forEach((key, value) -> entries.add(key + "=" + value));
        return entries;
    }

    /** @throws ReleaseException if one of them is not {@code key=value} */
    static Map<String, String> pairs(List<String> entries) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String entry : entries) {
            if (entry.indexOf('=') < 1) {
                throw new ReleaseException(
                        "'" + Shown.of(entry) + "' is not an annotation.",
                        "Write key=value, as in org.opencontainers.image.version=1.4.2.");
            }
            put(pairs, entry);
        }
        return pairs;
    }

    /**
     * @param example of an entry, for the refusal
     * @throws ReleaseException if one of them is not {@code key=value}, or a key is there twice
     */
    static Map<String, String> pairs(List<String> entries, String argument, String example) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String entry : entries) {
            if (entry.indexOf('=') < 1) {
                throw new ReleaseException(
                        "'" + Shown.of(entry) + "' in " + argument + " is no key with a value.",
                        "Write key=value, as in " + example + ".");
            }
            if (put(pairs, entry) != null) {
                throw new ReleaseException(
                        "'" + Shown.of(entry) + "' in " + argument + " gives a second value.", "Give each key once.");
            }
        }
        return pairs;
    }

    private static @CheckForNull String put(Map<String, String> pairs, String entry) {
        int equals = entry.indexOf('=');
        return pairs.put(
                entry.substring(0, equals).strip(), entry.substring(equals + 1).strip());
    }

    /** @throws ReleaseException if the argument was not given */
    static String required(@CheckForNull String text, String name, String example) {
        String given = trimmed(text);
        if (given == null) {
            throw new ReleaseException("The argument " + name + " is empty.", "Give it, as in " + example + ".");
        }
        return given;
    }

    /** @throws ReleaseException if it is none, or names a tag or digest in it */
    static Repository repository(String text) {
        ImageRef named = ImageRef.parse(text);
        if (named.tag().isPresent() || named.digest().isPresent()) {
            throw new ReleaseException(
                    "'" + Shown.of(text) + "' names one image, where a repository is asked for.",
                    "Write " + named.repository() + " here, and tags in the argument tags.");
        }
        return named.repository();
    }

    /** @throws ReleaseException if it is no whole number, or too large a one */
    static <T extends Number> T number(String text, String argument, Function<String, T> parse) {
        try {
            return parse.apply(text.strip());
        } catch (NumberFormatException e) {
            throw new ReleaseException(
                    "The argument " + argument + " is '" + Shown.of(text) + "', which is no whole number.",
                    "Write digits alone.",
                    e);
        }
    }

    /** The lines of a text area. */
    static ArrayList<String> lines(@CheckForNull String text) {
        return trimmed(text == null ? null : text.lines().toList());
    }
}
