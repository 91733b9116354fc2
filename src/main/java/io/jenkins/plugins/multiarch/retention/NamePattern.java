package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.BoundedPattern;
import io.jenkins.plugins.multiarch.image.Glob;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which names are meant: {@code *} and {@code ?} as in {@code v1.*}, or between slashes a regular expression for the whole
 * name, as in <code>/dev-\d+/</code>.
 */
public final class NamePattern {
    /** What neither names nor globs have. */
    private static final Pattern OTHER = Pattern.compile("[^\\w.:/*?\\[\\]!^-]");

    private final String written;
    private final Predicate<String> meant;

    private NamePattern(String written, Predicate<String> meant) {
        this.written = written;
        this.meant = meant;
    }

    /** @throws ReleaseException if it is none, or could mean no name at all, as a regular expression without its slashes */
    public static NamePattern parse(String text) {
        String written = text.strip();
        if (written.length() > 2 && written.startsWith("/") && written.endsWith("/")) {
            BoundedPattern expression =
                    BoundedPattern.compile("^(?:" + written.substring(1, written.length() - 1) + ")$", 0);
            return new NamePattern(written, name -> expression.find(name).isPresent());
        }
        if (written.startsWith("/") || written.endsWith("/")) {
            throw refused(written, "a regular expression begins and ends with a slash");
        }
        Matcher other = OTHER.matcher(written);
        if (other.find()) {
            throw refused(written, "no tag and no repository has a '" + Shown.of(other.group()) + "'");
        }
        return new NamePattern(written, Glob.parse(written)::matches);
    }

    private static ReleaseException refused(String written, String reason) {
        return new ReleaseException(
                "'" + Shown.of(written) + "' is no pattern of names: " + reason + ".",
                "Write it as in v1.*, or a regular expression between slashes, as in /v[0-9]+/.");
    }

    /** Reads several with commas between them; a comma in a regular expression parts nothing. */
    public static List<NamePattern> parseAll(String text) {
        List<NamePattern> all = new ArrayList<>();
        String rest = text;
        int end = end(rest);
        while (end < rest.length()) {
            all.add(parse(rest.substring(0, end)));
            rest = rest.substring(end + 1);
            end = end(rest);
        }
        all.add(parse(rest));
        return all;
    }

    /** Where the first of several ends. */
    private static int end(String patterns) {
        boolean expression = patterns.stripLeading().startsWith("/");
        int end = expression ? patterns.indexOf("/,", patterns.indexOf('/') + 1) : patterns.indexOf(',');
        return end < 0 ? patterns.length() : expression ? end + 1 : end;
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
