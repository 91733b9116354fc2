package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several images that a step builds from the same arguments: values by name, which stand for {@code {name}} wherever
 * an argument says so.
 *
 * @param name what it is called in the build and in the result: its values, joined
 */
record Variant(String name, Map<String, String> values) {
    /** The most of them that one step takes. */
    static final int MAX = 500;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)\\}");
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(\\S+)");

    Variant {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The only image of a step without variants; nothing in its arguments is a placeholder. */
    static Variant none() {
        return new Variant("", Map.of());
    }

    /**
     * Reads lines such as {@code runtime=slim python=3.12}.
     *
     * @throws ReleaseException if one cannot be understood, two have one name, or there are too many
     */
    static List<Variant> parseAll(List<String> lines) {
        List<Variant> variants = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String line : lines) {
            Variant variant = parse(line);
            if (!names.add(variant.name)) {
                throw new ReleaseException(
                        "Two variants are named '" + variant.name + "'.",
                        "Give each other values, or a name of its own.");
            }
            variants.add(variant);
        }
        if (variants.size() > MAX) {
            throw new ReleaseException(
                    variants.size() + " variants were given; one step builds at most " + MAX + ".",
                    "Use several steps.");
        }
        return List.copyOf(variants);
    }

    private static Variant parse(String line) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String entry : line.strip().split("\\s+", -1)) {
            Matcher matcher = ENTRY.matcher(entry);
            if (!matcher.matches()) {
                throw new ReleaseException(
                        "'" + Shown.of(line) + "' is no variant.",
                        "Write name=value pairs without blanks inside, as in runtime=slim python=3.12.");
            }
            values.put(matcher.group(1), matcher.group(2));
        }
        String name = values.getOrDefault("name", String.join("-", values.values()));
        return new Variant(name, values);
    }

    /** @throws ReleaseException if it names a value that this variant has not */
    String in(String text) {
        if (values.isEmpty()) {
            return text;
        }
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), text)));
    }

    private String value(String asked, String text) {
        String value = values.get(asked);
        if (value == null) {
            throw new ReleaseException(
                    "'" + Shown.of(text) + "' names {" + asked + "}, which the variant '" + name + "' does not have.",
                    "Name one of " + String.join(", ", values.keySet()) + ", or add it to each variant.");
        }
        return value;
    }

    List<String> in(List<String> texts) {
        return texts.stream().map(this::in).toList();
    }

    /** Values and keys of a map. */
    Map<String, String> in(Map<String, String> texts) {
        Map<String, String> replaced = new LinkedHashMap<>();
        texts.forEach((key, value) -> replaced.put(in(key), in(value)));
        return replaced;
    }
}
