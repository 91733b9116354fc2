package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a {@code .dockerignore} keeps out of the context: patterns of which the last that fits decides, {@code !} takes
 * something in again, {@code **} stands for any number of folders (the rules of moby/patternmatcher).
 */
final class IgnoreRules {
    static final IgnoreRules NONE = new IgnoreRules(List.of());

    /** The longest file of rules, in bytes. */
    private static final int MAX_LENGTH = 1 << 20;

    private final List<Rule> rules;

    private record Rule(Pattern pattern, boolean keeps) {}

    private IgnoreRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Those beside the Dockerfile ({@code Dockerfile.dockerignore}), else those in the context, else none. */
    static IgnoreRules of(Path context, Path dockerfile) throws IOException {
        Path own = dockerfile.resolveSibling(dockerfile.getFileName() + ".dockerignore");
        Path shared = context.resolve(".dockerignore");
        Path file = Files.isRegularFile(own) ? own : shared;
        if (!Files.isRegularFile(file)) {
            return NONE;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(MAX_LENGTH + 1);
            if (text.length > MAX_LENGTH) {
                throw new ReleaseException(
                        file + " has more than " + MAX_LENGTH + " bytes.", "Write fewer rules into it.");
            }
            return parse(new String(text, StandardCharsets.UTF_8));
        }
    }

    static IgnoreRules parse(String text) {
        List<Rule> rules = new ArrayList<>();
        (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().forEach(line -> {
            if (!line.startsWith("#") && !line.isBlank()) {
                add(line.strip(), rules);
            }
        });
        return new IgnoreRules(rules);
    }

    private static void add(String line, List<Rule> rules) {
        boolean keeps = line.startsWith("!");
        String pattern = cleaned(keeps ? line.substring(1).strip() : line);
        if (pattern.isEmpty()) {
            return;
        }
        try {
            rules.add(new Rule(Pattern.compile(regex(pattern), Pattern.DOTALL), keeps));
        } catch (PatternSyntaxException e) {
            throw new ReleaseException(
                    "'" + Shown.of(line) + "' in .dockerignore is not a pattern.", "Close its brackets.", e);
        }
    }

    /** As Go's {@code filepath.Clean} does, without a slash before it. */
    private static String cleaned(String pattern) {
        List<String> parts = new ArrayList<>();
        for (String part : pattern.split("/")) {
            if (part.equals("..") && !parts.isEmpty()) {
                parts.remove(parts.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    private static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (pattern.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (pattern.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '[' || c == ']') {
                regex.append(c);
            } else if (c == '-' || c == '^') {
                regex.append(insideBrackets(regex) ? "" + c : Pattern.quote("" + c));
            } else if (c == '\\' && i + 1 < pattern.length()) {
                regex.append(Pattern.quote("" + pattern.charAt(++i)));
            } else {
                regex.append(Character.isLetterOrDigit(c) || Character.isSurrogate(c) ? "" + c : Pattern.quote("" + c));
            }
        }
        return regex.toString();
    }

    private static boolean insideBrackets(StringBuilder regex) {
        return regex.lastIndexOf("[") > regex.lastIndexOf("]");
    }

    /** Whether a file or folder is kept out, by its path relative to the context. */
    boolean ignores(String path) {
        boolean ignored = false;
        for (Rule rule : rules) {
            if (rule.keeps() == ignored && matches(rule.pattern(), path)) {
                ignored = !rule.keeps();
            }
        }
        return ignored;
    }

    /** A rule that fits a folder fits all in it. */
    private static boolean matches(Pattern pattern, String path) {
        if (pattern.matcher(path).matches()) {
            return true;
        }
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (pattern.matcher(path.substring(0, slash)).matches()) {
                return true;
            }
        }
        return false;
    }

    /** Whether something in a folder that is kept out may be taken in again. */
    boolean hasExceptions() {
        return rules.stream().anyMatch(Rule::keeps);
    }
}
