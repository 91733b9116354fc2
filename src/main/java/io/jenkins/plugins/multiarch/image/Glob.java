package io.jenkins.plugins.multiarch.image;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for paths and names, as in git: {@code *} and {@code ?} stay within a folder, <code>**</code> does not,
 * <code>**&#47;</code> is any number of folders, also none, {@code [a-z]} and {@code [!a-z]} are one character of those.
 *
 * <p>Every character of a text is looked at once, with all places of the pattern where the match may be: the time is the product
 * of both lengths whatever the pattern, for patterns come from Jenkinsfiles.
 */
public final class Glob {
    /** Characters. */
    private static final int MAX_LENGTH = 500;

    private static final int LITERAL = 0;
    private static final int CHARACTER = 1;
    private static final int CLASS = 2;
    private static final int NAME = 3;
    private static final int ANYTHING = 4;
    /** Before the first folder of many: may be left at once. */
    private static final int FOLDERS = 5;
    /** In the name of a folder: may be left behind its slash only. */
    private static final int IN_FOLDERS = 6;

    /** One place of the pattern. */
    private record Part(int kind, char literal, String members) {
        boolean takes(char c) {
            return switch (kind) {
                case LITERAL -> c == literal;
                case CHARACTER, NAME -> c != '/';
                case CLASS -> c != '/' && isMember(c);
                default -> true;
            };
        }

        private boolean isMember(char c) {
            boolean negated = members.startsWith("!") || members.startsWith("^");
            boolean found = false;
            for (int i = negated ? 1 : 0; i < members.length(); i++) {
                if (i + 2 < members.length() && members.charAt(i + 1) == '-') {
                    found |= members.charAt(i) <= c && c <= members.charAt(i + 2);
                    i += 2;
                } else {
                    found |= members.charAt(i) == c;
                }
            }
            return found != negated;
        }
    }

    private final String pattern;
    private final List<Part> parts = new ArrayList<>();

    private Glob(String pattern) {
        this.pattern = pattern;
    }

    /** Reads a pattern of at most 500 characters. */
    public static Glob parse(String pattern) {
        if (pattern.isBlank() || pattern.length() > MAX_LENGTH) {
            throw new ReleaseException(
                    "'" + Shown.of(pattern) + "' is not a pattern for names: it is empty or longer than " + MAX_LENGTH
                            + " characters.",
                    "Write it as in src/** or release-*.");
        }
        Glob glob = new Glob(pattern);
        int at = 0;
        while (at < pattern.length()) {
            at = glob.addPart(at);
        }
        return glob;
    }

    /** Adds what is written at a place, and says where the next begins. */
    private int addPart(int at) {
        char c = pattern.charAt(at);
        if (pattern.startsWith("**", at)) {
            return addStars(at + 2);
        }
        switch (c) {
            case '*' -> add(NAME, c, "");
            case '?' -> add(CHARACTER, c, "");
            case '[' -> {
                int end = pattern.indexOf(']', at + 2);
                if (end < 0) {
                    throw new ReleaseException(
                            "'" + Shown.of(pattern) + "' is not a pattern for names: a '[' has no ']'.",
                            "Write [[] for the character '[' itself.");
                }
                add(CLASS, c, pattern.substring(at + 1, end));
                return end + 1;
            }
            default -> add(LITERAL, c, "");
        }
        return at + 1;
    }

    private int addStars(int at) {
        if (pattern.startsWith("/", at)) {
            add(FOLDERS, '*', "");
            add(IN_FOLDERS, '*', "");
            return at + 1;
        }
        add(ANYTHING, '*', "");
        return at;
    }

    private void add(int kind, char literal, String members) {
        parts.add(new Part(kind, literal, members));
    }

    public boolean matches(String text) {
        boolean[] places = new boolean[parts.size() + 1];
        enter(places, 0);
        for (int i = 0; i < text.length(); i++) {
            boolean[] next = new boolean[parts.size() + 1];
            for (int place = 0; place < parts.size(); place++) {
                if (places[place] && parts.get(place).takes(text.charAt(i))) {
                    step(next, place, text.charAt(i));
                }
            }
            places = next;
        }
        return places[parts.size()];
    }

    private void step(boolean[] next, int place, char taken) {
        switch (parts.get(place).kind()) {
            case NAME, ANYTHING -> enter(next, place);
            case FOLDERS -> next[place + 1] = true;
            case IN_FOLDERS -> {
                next[place] = true;
                if (taken == '/') {
                    enter(next, place + 1);
                }
            }
            default -> enter(next, place + 1);
        }
    }

    /** Comes to a place and to all that can be reached from there without taking a character. */
    private void enter(boolean[] places, int place) {
        int at = place;
        while (!places[at]) {
            places[at] = true;
            if (at == parts.size()) {
                return;
            }
            int kind = parts.get(at).kind();
            if (kind == NAME || kind == ANYTHING) {
                at++;
            } else if (kind == FOLDERS) {
                at += 2;
            } else {
                return;
            }
        }
    }

    @Override
    public String toString() {
        return pattern;
    }
}
