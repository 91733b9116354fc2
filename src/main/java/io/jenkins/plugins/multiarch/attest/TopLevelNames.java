package io.jenkins.plugins.multiarch.attest;

import java.util.Optional;

/**
 * Finds the names of the fields of a JSON object in bytes that come one by one, however large it is and however deep: it
 * keeps nothing but the name that it is in. What is no JSON object has none.
 */
final class TopLevelNames {
    /** The longest name that is kept, in characters; a longer one is cut. */
    private static final int MAX_NAME = 64;

    private static final int ESCAPE_DIGITS = 4;
    private static final int HEX = 16;

    private final StringBuilder text = new StringBuilder();
    private boolean isObject = true;
    private boolean inText;
    private boolean escaped;
    private int digits;
    private int code;
    private long depth;

    /** Takes a byte, and says which name has just ended before it: at the colon. */
    Optional<String> next(byte octet) {
        char next = (char) (octet & 0xff);
        if (!isObject || !inText && isBlank(next)) {
            return Optional.empty();
        }
        if (inText) {
            inText(next);
            return Optional.empty();
        }
        if (depth == 0 && next != '{') {
            isObject = false;
            return Optional.empty();
        }
        switch (next) {
            case '"' -> {
                inText = true;
                text.setLength(0);
            }
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            default -> {}
        }
        return next == ':' && depth == 1 ? Optional.of(text.toString()) : Optional.empty();
    }

    private void inText(char next) {
        if (digits > 0) {
            code = code * HEX + Math.max(0, Character.digit(next, HEX));
            if (--digits == 0) {
                keep((char) code);
            }
        } else if (escaped) {
            escaped = false;
            if (next == 'u') {
                digits = ESCAPE_DIGITS;
                code = 0;
            } else {
                keep(next);
            }
        } else if (next == '\\') {
            escaped = true;
        } else if (next == '"') {
            inText = false;
        } else {
            keep(next);
        }
    }

    private void keep(char next) {
        if (text.length() < MAX_NAME) {
            text.append(next);
        }
    }

    private static boolean isBlank(char next) {
        return next == ' ' || next == '\t' || next == '\r' || next == '\n';
    }
}
