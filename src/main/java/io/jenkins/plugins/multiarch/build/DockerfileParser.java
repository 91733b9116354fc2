package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the text of a Dockerfile into instructions, as the frontend {@code docker/dockerfile} 1 does. */
final class DockerfileParser {
    /** The longest Dockerfile, in characters. */
    static final int MAX_LENGTH = 1 << 20;

    private static final Pattern DIRECTIVE = Pattern.compile("\\s*#\\s*([A-Za-z][A-Za-z0-9]*)\\s*=\\s*(.+?)\\s*");
    private static final Pattern FRONTEND = Pattern.compile("(docker\\.io/)?docker/dockerfile(:.*|@.*)?");
    private static final Pattern HEREDOC = Pattern.compile("(?<!\\S)\\d*<<(-?)([\"']?)([a-zA-Z_][a-zA-Z0-9_.]*)\\2");
    private static final Set<String> KEYWORDS = Set.of(
            "ADD",
            "ARG",
            "CMD",
            "COPY",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "FROM",
            "HEALTHCHECK",
            "LABEL",
            "MAINTAINER",
            "ONBUILD",
            "RUN",
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");
    private static final Set<String> FLAGGED = Set.of("ADD", "COPY", "FROM", "HEALTHCHECK", "RUN");
    private static final Set<String> WITH_HEREDOCS = Set.of("ADD", "COPY", "RUN");

    private final List<String> lines;
    private char escape = '\\';
    private int next;

    DockerfileParser(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new ReleaseException(
                    "The Dockerfile has more than " + MAX_LENGTH + " characters.", "Give a Dockerfile.");
        }
        this.lines =
                (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
        readDirectives();
    }

    /** One instruction alone, as ONBUILD keeps it. */
    static Instruction trigger(String text, char escape, int line) {
        DockerfileParser parser = new DockerfileParser("");
        parser.escape = escape;
        return parser.instruction(line, text);
    }

    char escape() {
        return escape;
    }

    /** Directives stand before everything else; the first line that is none ends them. */
    private void readDirectives() {
        while (next < lines.size()) {
            Matcher directive = DIRECTIVE.matcher(lines.get(next));
            if (!directive.matches()) {
                return;
            }
            switch (directive.group(1).toLowerCase(Locale.ROOT)) {
                case "escape" -> escape = escape(directive.group(2));
                case "syntax" -> refuseOtherFrontends(directive.group(2));
                case "check" -> {
                    // switches BuildKit's linter
                }
                default -> {
                    return;
                }
            }
            next++;
        }
    }

    private char escape(String value) {
        if (value.equals("\\") || value.equals("`")) {
            return value.charAt(0);
        }
        throw refused(next + 1, "the escape character '" + Shown.of(value) + "' is not known", "Write \\ or `.");
    }

    private void refuseOtherFrontends(String frontend) {
        if (!FRONTEND.matcher(frontend).matches()) {
            throw refused(
                    next + 1,
                    "the syntax '" + Shown.of(frontend) + "' is another language",
                    "Use docker/dockerfile:1, or the builder buildx.");
        }
    }

    List<Instruction> instructions() {
        List<Instruction> all = new ArrayList<>();
        while (next < lines.size()) {
            if (isBlankOrComment(lines.get(next))) {
                next++;
            } else {
                int line = next + 1;
                all.add(instruction(line, logicalLine()));
            }
        }
        return all;
    }

    private static boolean isBlankOrComment(String line) {
        return line.isBlank() || line.stripLeading().startsWith("#");
    }

    /** A line with those that continue it; comments and empty lines between them do not count. */
    private String logicalLine() {
        StringBuilder joined = new StringBuilder();
        String line = lines.get(next++).stripLeading();
        while (isContinued(line)) {
            joined.append(line, 0, line.stripTrailing().length() - 1);
            while (next < lines.size() && isBlankOrComment(lines.get(next))) {
                next++;
            }
            if (next == lines.size()) {
                return joined.toString().strip();
            }
            line = lines.get(next++);
        }
        return joined.append(line).toString().strip();
    }

    private boolean isContinued(String line) {
        String end = line.stripTrailing();
        int last = end.length() - 1;
        return last >= 0 && end.charAt(last) == escape && (last == 0 || end.charAt(last - 1) != escape);
    }

    private Instruction instruction(int line, String text) {
        String keyword = text.split("\\s", 2)[0].toUpperCase(Locale.ROOT);
        if (!KEYWORDS.contains(keyword)) {
            throw refused(line, "'" + Shown.of(keyword) + "' is not an instruction", "Check how it is spelled.");
        }
        String rest = text.substring(keyword.length()).strip();
        List<String> flags = new ArrayList<>();
        if (FLAGGED.contains(keyword)) {
            rest = takeFlags(rest, flags);
        }
        boolean nested =
                keyword.equals("ONBUILD") && WITH_HEREDOCS.contains(rest.split("\\s", 2)[0].toUpperCase(Locale.ROOT));
        List<Heredoc> heredocs = WITH_HEREDOCS.contains(keyword) || nested ? heredocs(line, rest) : List.of();
        return new Instruction(line, keyword, flags, rest, heredocs);
    }

    private static String takeFlags(String text, List<String> flags) {
        String rest = text;
        while (rest.startsWith("--") && rest.length() > 2 && !Character.isWhitespace(rest.charAt(2))) {
            String flag = rest.split("\\s", 2)[0];
            flags.add(flag);
            rest = rest.substring(flag.length()).strip();
        }
        return rest;
    }

    private List<Heredoc> heredocs(int line, String text) {
        List<Heredoc> heredocs = new ArrayList<>();
        Matcher start = HEREDOC.matcher(text);
        while (start.find()) {
            boolean untabbed = !start.group(1).isEmpty();
            String content = heredocBody(line, start.group(3), untabbed);
            heredocs.add(new Heredoc(start.group(3), start.group(2).isEmpty(), content));
        }
        return heredocs;
    }

    private String heredocBody(int line, String name, boolean untabbed) {
        StringBuilder body = new StringBuilder();
        while (next < lines.size()) {
            String text = untabbed ? lines.get(next).replaceFirst("^\t+", "") : lines.get(next);
            next++;
            if (text.equals(name)) {
                return body.toString();
            }
            body.append(text).append('\n');
        }
        throw refused(line, "the text <<" + name + " has no end", "End it with a line that holds " + name + " alone.");
    }

    private static ReleaseException refused(int line, String fact, String cure) {
        return new ReleaseException("Dockerfile line " + line + ": " + fact + ".", cure);
    }
}
