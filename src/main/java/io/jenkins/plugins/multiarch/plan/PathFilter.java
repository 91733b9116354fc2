package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which files matter: the last pattern that a path matches decides, and one that begins with {@code !} says that it does not
 * matter. Where all patterns do, every other file matters.
 */
public final class PathFilter {
    /** With more files than these nobody asks which. */
    private static final int MAX_FILES = 50_000;

    private record Entry(Glob glob, boolean matters) {}

    private final List<String> patterns;
    private final List<Entry> entries = new ArrayList<>();

    private PathFilter(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /** Reads patterns as {@link Glob} describes them. */
    public static PathFilter of(List<String> patterns) {
        PathFilter filter = new PathFilter(patterns);
        if (!patterns.isEmpty() && patterns.stream().allMatch(pattern -> pattern.startsWith("!"))) {
            filter.entries.add(new Entry(Glob.parse("**"), true));
        }
        for (String pattern : patterns) {
            boolean matters = !pattern.startsWith("!");
            filter.entries.add(new Entry(Glob.parse(matters ? pattern : pattern.substring(1)), matters));
        }
        return filter;
    }

    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    public List<String> patterns() {
        return patterns;
    }

    /** The first of these paths that matters. */
    public Optional<String> firstOf(List<String> paths) {
        if (paths.size() > MAX_FILES) {
            return Optional.of(paths.get(0));
        }
        return paths.stream().filter(this::matters).findFirst();
    }

    private boolean matters(String path) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).glob().matches(path)) {
                return entries.get(i).matters();
            }
        }
        return false;
    }
}
