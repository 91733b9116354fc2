package io.jenkins.plugins.multiarch.image;

/** Text from outside, made fit for a message: one line, no control characters, at most 120 characters. */
public final class Shown {
    private static final int LIMIT = 120;

    private Shown() {}

    /** All of a text on one line, without what moves a terminal's cursor or turns its direction. */
    public static String plain(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
    }

    public static String of(String text) {
        String line = plain(text).strip();
        return line.length() <= LIMIT ? line : line.substring(0, LIMIT) + "…";
    }
}
