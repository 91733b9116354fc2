package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Glob;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.regex.Pattern;

/** Names of tags, {@code *} standing for any characters: {@code v*.*.*}, {@code sha-*}. */
public record TagPattern(Glob glob) {
    private static final Pattern GRAMMAR = Pattern.compile("[a-zA-Z0-9._*-]{1,128}");

    public static TagPattern parse(String text) {
        if (!GRAMMAR.matcher(text.strip()).matches()) {
            throw new ReleaseException(
                    "'" + Shown.of(text) + "' is not a pattern of tags.",
                    "Write the characters of tags, and * for any of them, as in v*.*.*.");
        }
        return new TagPattern(Glob.parse(text.strip()));
    }

    boolean matches(Tag tag) {
        return glob.matches(tag.name());
    }

    @Override
    public String toString() {
        return glob.toString();
    }
}
