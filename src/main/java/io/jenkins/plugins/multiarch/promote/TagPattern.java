package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.regex.Pattern;

/** Names of tags, {@code *} standing for any characters: {@code v*.*.*}, {@code sha-*}. */
public record TagPattern(String text) {
    private static final Pattern GRAMMAR = Pattern.compile("[a-zA-Z0-9._*-]{1,128}");

    public TagPattern {
        if (!GRAMMAR.matcher(text).matches()) {
            throw new ReleaseException(
                    "'" + Shown.of(text) + "' is not a pattern of tags.",
                    "Write the characters of tags, and * for any of them, as in v*.*.*.");
        }
    }

    public static TagPattern parse(String text) {
        return new TagPattern(text.strip());
    }

    boolean matches(Tag tag) {
        String regex = ("\\Q" + text + "\\E").replace("*", "\\E.*\\Q");
        return tag.name().matches(regex);
    }

    @Override
    public String toString() {
        return text;
    }
}
