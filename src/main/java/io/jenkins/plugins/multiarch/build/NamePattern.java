package io.jenkins.plugins.multiarch.build;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** One part of a path with wildcards: {@code *}, {@code ?} and {@code [a-z]}, as Go's {@code filepath.Match} has them. */
final class NamePattern {
    private final Pattern pattern;

    private NamePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    static boolean isPattern(String part) {
        return part.matches(".*[*?\\[\\\\].*");
    }

    static NamePattern of(String part, Instruction instruction) {
        StringBuilder regex = new StringBuilder();
        boolean bracket = false;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (bracket) {
                regex.append(c == '[' || c == '&' ? "\\" + c : "" + c);
                bracket = c != ']';
            } else if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (c == '[') {
                regex.append(c);
                bracket = true;
            } else if (c == '\\' && i + 1 < part.length()) {
                regex.append(Pattern.quote("" + part.charAt(++i)));
            } else {
                regex.append(Pattern.quote("" + c));
            }
        }
        try {
            return new NamePattern(Pattern.compile(regex.toString(), Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw instruction.refused("'" + part + "' is not a pattern", "Close its brackets.");
        }
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }
}
