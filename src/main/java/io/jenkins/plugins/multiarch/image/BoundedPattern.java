package io.jenkins.plugins.multiarch.image;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that ends: it may look at a character a million times, and is refused beyond. Expressions come from
 * Jenkinsfiles and run on the controller, and a few characters suffice for one that never ends.
 */
public final class BoundedPattern {
    /** Characters. */
    private static final int MAX_LENGTH = 500;
    /** Characters that one match may look at, each time counted. */
    private static final int MAX_LOOKS = 1_000_000;
    /** Characters of a text; more could use up the stack. */
    private static final int MAX_TEXT = 1_000;
    /** The product of all counts, since repeating nothing looks at nothing. */
    private static final long MAX_REPEATS = 10_000;

    private static final Pattern COUNT = Pattern.compile("\\{([0-9]+)");
    private static final String CURE = "Write a simpler one, or a longer fixed beginning.";

    private final String written;
    private final Pattern pattern;

    private BoundedPattern(String written, Pattern pattern) {
        this.written = written;
        this.pattern = pattern;
    }

    /** @param flags of {@link Pattern} */
    public static BoundedPattern compile(String written, int flags) {
        if (written.length() > MAX_LENGTH || repeats(written) > MAX_REPEATS) {
            throw tooCostly(written);
        }
        try {
            return new BoundedPattern(written, Pattern.compile(written, flags));
        } catch (PatternSyntaxException e) {
            throw new ReleaseException(
                    "The regular expression '" + Shown.of(written) + "' cannot be read: " + Shown.of(e.getDescription())
                            + ".",
                    "Write it as Java does, with one backslash, as in v(\\d+\\.\\d+).");
        }
    }

    private static long repeats(String written) {
        long product = 1;
        Matcher count = COUNT.matcher(written);
        while (count.find() && product <= MAX_REPEATS) {
            String digits = count.group(1);
            product *= digits.length() > 5 ? MAX_REPEATS + 1 : Math.max(1, Long.parseLong(digits));
        }
        return product;
    }

    private static ReleaseException tooCostly(String written) {
        return new ReleaseException(
                "The regular expression '" + Shown.of(written) + "' takes too long to be looked for.", CURE);
    }

    /** The first match in a text; texts of more than 1,000 characters have none. */
    public Optional<MatchResult> find(String text) {
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        try {
            Matcher matcher = pattern.matcher(new Counted(text, new int[1]));
            return matcher.find() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
        } catch (TooManyLooks | StackOverflowError e) {
            throw tooCostly(written);
        }
    }

    /** Counts every look at a character, over all parts of the text. */
    private record Counted(String text, int[] looks) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++looks[0] > MAX_LOOKS) {
                throw new TooManyLooks();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.substring(start, end), looks);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class TooManyLooks extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public String toString() {
        return written;
    }
}
