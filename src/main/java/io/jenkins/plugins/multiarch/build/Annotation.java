package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An annotation with what it is written on, said before the key as in buildx: {@code index:key=value}, or for two
 * {@code index,manifest:key=value}.
 */
public record Annotation(List<Level> levels, String key, String value) {

    /** What an annotation is written on. */
    public enum Level {
        /** The index itself. */
        INDEX("index"),
        /** What the index says about each platform's image. */
        DESCRIPTOR("manifest-descriptor"),
        /** Each platform's image. */
        MANIFEST("manifest");

        private final String prefix;

        Level(String prefix) {
            this.prefix = prefix;
        }

        private static Level parse(String prefix, String written) {
            for (Level level : values()) {
                if (level.prefix.equals(prefix)) {
                    return level;
                }
            }
            throw new ReleaseException(
                    "'" + Shown.of(written) + "' is an annotation of '" + Shown.of(prefix) + "', which is not known.",
                    "Write index:, manifest: or manifest-descriptor: before the key, or nothing.");
        }
    }

    public Annotation {
        levels = List.copyOf(levels);
    }

    /**
     * Reads keys with or without a level before them.
     *
     * @param unsaid the level of those without
     */
    public static List<Annotation> parseAll(Map<String, String> written, Level unsaid) {
        List<Annotation> all = new ArrayList<>();
        written.forEach((key, value) -> all.add(parse(key, value, unsaid)));
        return List.copyOf(all);
    }

    private static Annotation parse(String written, String value, Level unsaid) {
        int colon = written.indexOf(':');
        if (colon < 0) {
            return new Annotation(List.of(unsaid), written, value);
        }
        List<Level> levels = new ArrayList<>();
        for (String prefix : written.substring(0, colon).split(",", -1)) {
            levels.add(Level.parse(prefix, written));
        }
        return new Annotation(levels, written.substring(colon + 1), value);
    }

    /** What is written on one level, by key. */
    public static Map<String, String> on(Level level, List<Annotation> all) {
        Map<String, String> found = new TreeMap<>();
        all.stream()
                .filter(annotation -> annotation.levels.contains(level))
                .forEach(annotation -> found.put(annotation.key, annotation.value));
        return found;
    }

    /** Those that an {@link IndexRequest} takes, which are all but those of the images. */
    public static Map<String, String> forIndex(List<Annotation> all) {
        Map<String, String> written = new LinkedHashMap<>();
        for (Level level : List.of(Level.INDEX, Level.DESCRIPTOR)) {
            on(level, all).forEach((key, value) -> written.put(level.prefix + ":" + key, value));
        }
        return written;
    }
}
