package io.jenkins.plugins.multiarch.attest;

import java.util.Optional;

/**
 * Finds the names of the fields of a JSON object in bytes that come one by one, however large it is and however deep: it
 * keeps nothing but the name that it is in. What is no JSON object has none.
 *
 * <p>It finds what any reader may find, also one that passes over a byte order mark, or takes a character of UTF-8 in more
 * octets than it has. Of an object in UTF-16 or UTF-32 it knows that alone.
 */
final class TopLevelNames {
    /** The longest name that is kept, in characters; a longer one is cut. */
    private static final int MAX_NAME = 64;

    private static final int ESCAPE_DIGITS = 4;
    private static final int HEX = 16;
    private static final int CONTINUED = 0x80;
    private static final int LEADING = 0xC0;
    private static final int OF_THREE = 0xE0;
    private static final int OF_FOUR = 0xF0;
    private static final int BITS = 6;
    private static final int LOW_BITS = 0x3F;
    private static final int UNREADABLE = 0xFFFD;

    /** The octets of byte order marks, and of blanks in UTF-16 and UTF-32. */
    private static final String BEFORE = "\u00EF\u00BB\u00BF\u00FE\u00FF\u0000";

    private final StringBuilder text = new StringBuilder();
    private boolean isObject = true;
    private boolean inText;
    private boolean escaped;
    private int digits;
    private int code;
    private int following;
    private int point;
    private long depth;
    private boolean zeroBefore;
    private boolean justOpened;
    private boolean wide;

    /** Whether it is an object in UTF-16 or UTF-32, as its first octets tell (RFC 4627, 3). */
    boolean isWide() {
        return wide;
    }

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
        wide |= justOpened && next == 0;
        justOpened = false;
        if (depth == 0 && next != '{') {
            zeroBefore |= next == 0;
            isObject = BEFORE.indexOf(next) >= 0;
            return Optional.empty();
        }
        if (depth == 0) {
            wide |= zeroBefore;
            justOpened = true;
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
                keep(code);
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
            character(next);
        }
    }

    private void character(int octet) {
        if (octet < CONTINUED) {
            keep(octet);
        } else if (octet >= LEADING) {
            following = octet >= OF_FOUR ? 3 : octet >= OF_THREE ? 2 : 1;
            point = octet & LOW_BITS >> following;
        } else if (following > 0) {
            point = point << BITS | octet & LOW_BITS;
            following--;
            if (following == 0) {
                keep(Character.isValidCodePoint(point) ? point : UNREADABLE);
            }
        }
    }

    private void keep(int character) {
        if (text.length() < MAX_NAME) {
            text.appendCodePoint(character);
        }
    }

    private static boolean isBlank(char next) {
        return next == ' ' || next == '\t' || next == '\r' || next == '\n';
    }
}
