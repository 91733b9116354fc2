package io.jenkins.plugins.multiarch.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Replaces variables and takes away quotes in the words of an instruction, as BuildKit's shell lexer does: {@code $X},
 * {@code ${X}}, {@code ${X:-default}}, {@code ${X:+other}}, {@code ${X:?message}}, each also without the colon.
 */
final class ShellWords {
    /** How deep variables may stand inside the defaults of others. */
    private static final int MAX_DEPTH = 20;

    private final char escape;
    private final Map<String, String> variables;
    private final Instruction instruction;

    /** @param instruction names the line in refusals */
    ShellWords(char escape, Map<String, String> variables, Instruction instruction) {
        this.escape = escape;
        this.variables = variables;
        this.instruction = instruction;
    }

    /** One word, with its variables and without its quotes. */
    String expand(String word) {
        return new Reader(word, true).readAll();
    }

    /** A text with its variables, in which quotes are characters as others: BuildKit's {@code SkipProcessQuotes}. */
    String expandText(String text) {
        return new Reader(text, false).readAll();
    }

    /** The words of a text after its variables are replaced; blanks in quotes part nothing. */
    List<String> expandAll(String text) {
        List<String> words = new ArrayList<>();
        for (String word : split(text)) {
            boolean quoted = word.indexOf('"') >= 0 || word.indexOf('\'') >= 0;
            String expanded = expand(word);
            if (quoted) {
                words.add(expanded);
            } else if (!expanded.isBlank()) {
                words.addAll(List.of(expanded.strip().split("\\s+")));
            }
        }
        return words;
    }

    /** The words of a text as they stand there, quotes kept; blanks in quotes or escaped part nothing. */
    List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == escape && quote != '\'' && i + 1 < text.length()) {
                word.append(c).append(text.charAt(++i));
            } else if (quote == 0 && Character.isWhitespace(c)) {
                addUnlessEmpty(words, word);
            } else {
                quote = c == quote ? 0 : quote == 0 && (c == '"' || c == '\'') ? c : quote;
                word.append(c);
            }
        }
        addUnlessEmpty(words, word);
        return words;
    }

    private static void addUnlessEmpty(List<String> words, StringBuilder word) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    /** Reads one word from left to right. */
    private final class Reader {
        private final String text;
        private final boolean quotes;
        private int at;
        private int depth;

        Reader(String text, boolean quotes) {
            this.text = text;
            this.quotes = quotes;
        }

        String readAll() {
            return readUntil('\0');
        }

        private boolean atEnd() {
            return at >= text.length();
        }

        private String readUntil(char stop) {
            StringBuilder result = new StringBuilder();
            while (!atEnd()) {
                char c = text.charAt(at);
                if (stop != '\0' && c == stop) {
                    at++;
                    return result.toString();
                }
                readOne(c, result);
            }
            if (stop != '\0') {
                throw unended("${");
            }
            return result.toString();
        }

        private void readOne(char c, StringBuilder result) {
            at++;
            if (quotes && c == '\'') {
                result.append(singleQuoted());
            } else if (quotes && c == '"') {
                result.append(doubleQuoted());
            } else if (c == '$') {
                result.append(variable());
            } else if (c == escape) {
                if (!atEnd()) {
                    result.append(text.charAt(at++));
                }
            } else {
                result.append(c);
            }
        }

        private String singleQuoted() {
            int end = text.indexOf('\'', at);
            if (end < 0) {
                throw unended("'");
            }
            String inside = text.substring(at, end);
            at = end + 1;
            return inside;
        }

        private String doubleQuoted() {
            StringBuilder result = new StringBuilder();
            while (!atEnd()) {
                char c = text.charAt(at++);
                if (c == '"') {
                    return result.toString();
                }
                if (c == '$') {
                    result.append(variable());
                } else if (c == escape && !atEnd()) {
                    char escaped = text.charAt(at++);
                    boolean special = escaped == '"' || escaped == '$' || escaped == escape;
                    result.append(special ? "" : "" + c).append(escaped);
                } else {
                    result.append(c);
                }
            }
            throw unended("\"");
        }

        private String variable() {
            if (atEnd()) {
                return "$";
            }
            if (text.charAt(at) != '{') {
                String name = name();
                return name.isEmpty() ? "$" : variables.getOrDefault(name, "");
            }
            at++;
            String name = name();
            if (name.isEmpty() || atEnd()) {
                throw unended("${");
            }
            return text.charAt(at) == '}' ? plain(name) : modified(name);
        }

        private String plain(String name) {
            at++;
            return variables.getOrDefault(name, "");
        }

        private String modified(String name) {
            boolean colon = text.charAt(at) == ':';
            at += colon ? 1 : 0;
            char modifier = atEnd() ? '\0' : text.charAt(at++);
            if (modifier != '-' && modifier != '+' && modifier != '?') {
                throw instruction.unable("${" + name + (colon ? ":" : "") + modifier + "…}");
            }
            if (++depth > MAX_DEPTH) {
                throw instruction.unable("more than " + MAX_DEPTH + " variables inside each other");
            }
            String word = readUntil('}');
            depth--;
            boolean set = colon ? !variables.getOrDefault(name, "").isEmpty() : variables.containsKey(name);
            return switch (modifier) {
                case '-' -> set ? variables.get(name) : word;
                case '+' -> set ? word : "";
                default -> required(name, set, word);
            };
        }

        private String required(String name, boolean set, String message) {
            if (!set) {
                throw instruction.refused(
                        name + " is not set" + (message.isEmpty() ? "" : ": " + message),
                        "Give it as a build argument or by ENV.");
            }
            return variables.get(name);
        }

        private String name() {
            int start = at;
            while (!atEnd() && isNamePart(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private static boolean isNamePart(char c) {
            return c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
        }

        private RuntimeException unended(String what) {
            return instruction.refused("'" + what + "' has no end in " + instruction.keyword(), "Close it.");
        }
    }
}
