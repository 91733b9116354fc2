package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with expressions as docker/metadata-action has them: {@code {{major}}.{{minor}}}, {@code {{date 'YYYYMMDD'}}}. */
final class Template {
    /** Characters. */
    private static final int MAX_LENGTH = 1_000;

    private static final Pattern BRACES = Pattern.compile("\\{\\{(.*?)}}");
    private static final Pattern EXPRESSION =
            Pattern.compile("([a-z_]+)(?:\\s+(?:'([^']*)'|\"([^\"]*)\"))?(?:\\s+tz=(?:'([^']*)'|\"([^\"]*)\"))?");

    /**
     * What stands between braces.
     *
     * @param format of a date, or empty
     * @param zone of a date, or empty
     */
    record Expression(String name, String format, String zone, String written) {

        ReleaseException refused() {
            return new ReleaseException(
                    "'" + Shown.of(written) + "' is not an expression that is known here.",
                    "See docs/release-plan.md for those that are, and how they are written.");
        }
    }

    private Template() {}

    /**
     * Puts values in.
     *
     * @param values gives the value of an expression, or nothing where it knows none of that name
     */
    static String fill(String written, Function<Expression, Optional<String>> values) {
        if (written.length() > MAX_LENGTH) {
            throw new ReleaseException(
                    "'" + Shown.of(written) + "' has more than " + MAX_LENGTH + " characters.", "Write less.");
        }
        return BRACES.matcher(written)
                .replaceAll(braces -> Matcher.quoteReplacement(value(braces.group(1), braces.group(), values)));
    }

    private static String value(String inside, String written, Function<Expression, Optional<String>> values) {
        Matcher matcher = EXPRESSION.matcher(inside.strip());
        if (!matcher.matches()) {
            throw new Expression("", "", "", written).refused();
        }
        Expression expression = new Expression(
                matcher.group(1),
                either(matcher.group(2), matcher.group(3)),
                either(matcher.group(4), matcher.group(5)),
                written);
        return values.apply(expression).orElseThrow(expression::refused);
    }

    private static String either(String one, String other) {
        if (one != null) {
            return one;
        }
        return other == null ? "" : other;
    }

    /** Whether one of these expressions stands in a template. */
    static boolean hasAny(String written, Set<String> names) {
        return BRACES.matcher(written)
                .results()
                .anyMatch(braces -> names.contains(braces.group(1).strip()));
    }

    /** Whether a template is one expression alone. */
    static boolean isOnly(String written, String name) {
        Matcher matcher = BRACES.matcher(written.strip());
        return matcher.matches() && matcher.group(1).strip().equals(name);
    }
}
