package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.BoundedPattern;
import io.jenkins.plugins.multiarch.image.Glob;
import java.util.function.Predicate;

/**
 * Which names are meant: {@code *} and {@code ?} as in {@code v1.*}, or between slashes a regular expression for the whole
 * name, as in <code>/dev-\d+/</code>.
 */
public final class NamePattern {
    private final String written;
    private final Predicate<String> meant;

    private NamePattern(String written, Predicate<String> meant) {
        this.written = written;
        this.meant = meant;
    }

    public static NamePattern parse(String text) {
        String written = text.strip();
        if (written.length() > 2 && written.startsWith("/") && written.endsWith("/")) {
            BoundedPattern expression =
                    BoundedPattern.compile("^(?:" + written.substring(1, written.length() - 1) + ")$", 0);
            return new NamePattern(written, name -> expression.find(name).isPresent());
        }
        return new NamePattern(written, Glob.parse(written)::matches);
    }

    boolean matches(String name) {
        return meant.test(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamePattern pattern && pattern.written.equals(written);
    }

    @Override
    public int hashCode() {
        return written.hashCode();
    }

    @Override
    public String toString() {
        return written;
    }
}
