package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.regex.Pattern;

/** Texts as words of a POSIX shell, which takes them as they are (POSIX.1-2017, Shell Command Language, 2.2.2). */
final class ShellQuote {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+:,./][A-Za-z0-9_@%+=:,./-]*");

    private ShellQuote() {}

    static String of(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new ReleaseException(
                    "An argument of the build holds the character NUL, which no program can be given.", "Take it out.");
        }
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** A path that no program takes for a flag. */
    static String path(String path) {
        return of(path.startsWith("-") ? "./" + path : path);
    }
}
