package io.jenkins.plugins.multiarch.image;

/** Text from outside, made fit for a message: one line, no control characters, at most 120 characters. */
public final class Shown {
    private static final int LIMIT = 120;

    private Shown() {}

    public static String of(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LIMIT ? line : line.substring(0, LIMIT) + "…";
    }
}
