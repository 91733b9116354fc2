package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.Digest;
import java.nio.charset.StandardCharsets;

/**
 * Makes a tag of any text, which docker/metadata-action does in part: other characters become {@code -}; a first {@code .} or
 * {@code -}, which no tag has, becomes {@code _}; what is longer than 128 characters is cut and ends in eight digits of its
 * SHA-256, so that two long branches do not share a tag.
 *
 * @param name the tag
 * @param note what was changed beyond other characters, or empty
 */
record TagName(String name, String note) {
    private static final int MAX_LENGTH = 128;
    private static final int DIGITS = 8;

    static TagName of(String text) {
        String name = text.replaceAll("[^a-zA-Z0-9._-]+", "-");
        if (name.startsWith(".") || name.startsWith("-")) {
            String first = "_" + name.substring(1);
            return new TagName(first, "no tag begins with '" + name.charAt(0) + "'").shortened(text);
        }
        return new TagName(name, "").shortened(text);
    }

    private TagName shortened(String text) {
        if (name.length() <= MAX_LENGTH) {
            return this;
        }
        String digits =
                Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, DIGITS);
        return new TagName(
                name.substring(0, MAX_LENGTH - DIGITS - 1) + "-" + digits,
                "cut, for tags have at most " + MAX_LENGTH + " characters");
    }
}
