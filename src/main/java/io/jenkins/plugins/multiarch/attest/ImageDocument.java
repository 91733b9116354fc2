package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Digest;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Of which image a scanner's document is. A scanner that is told to look at an index looks at the image of one platform in it.
 *
 * @param what the document, at the beginning of a sentence
 * @param images digests by which it names the image: of its manifest, its configuration, or an index that it is in; empty
 *     where it does not say
 */
public record ImageDocument(String what, Set<Digest> images) {
    /** A digest as it is, or inside a package URL, where the colon is escaped. */
    private static final Pattern DIGEST = Pattern.compile("sha256(?::|%3[aA])([0-9a-f]{64})(?![0-9a-f])");

    public ImageDocument {
        images = Set.copyOf(images);
    }

    /** One with all digests that are found in these texts. */
    static ImageDocument of(String what, Iterable<JsonNode> texts) {
        Set<Digest> found = new LinkedHashSet<>();
        for (JsonNode text : texts) {
            Matcher digests = DIGEST.matcher(text.asText(""));
            while (digests.find()) {
                found.add(new Digest("sha256", digests.group(1)));
            }
        }
        return new ImageDocument(what, found);
    }
}
