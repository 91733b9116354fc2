package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which texts are accepted: one exactly, or all that an expression matches from their first character to their last. */
public final class TextRule {
    /** Longer texts match no expression, in characters. */
    private static final int MAX_TEXT = 2000;

    private final String text;
    private final Pattern pattern;

    private TextRule(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /** Accepts this text alone. */
    public static TextRule exactly(String text) {
        return new TextRule(text, Pattern.compile(Pattern.quote(text)));
    }

    /** Accepts every text that this regular expression matches as a whole. */
    public static TextRule matching(String expression) {
        try {
            return new TextRule(expression, Pattern.compile(expression));
        } catch (PatternSyntaxException e) {
            throw new ReleaseException(
                    "'" + Shown.of(expression) + "' is not a regular expression: " + Shown.of(e.getDescription()) + ".",
                    "Write one, as in https://github\\.com/acme/.*, or name the identity exactly.",
                    e);
        }
    }

    boolean accepts(String candidate) {
        return candidate.length() <= MAX_TEXT && pattern.matcher(candidate).matches();
    }

    /** The text or the expression, as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
