package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import java.util.Optional;

/**
 * One tag that a transaction moves.
 *
 * @param previous where it led before, or nothing where it was not there
 * @param digest where it is to lead
 * @param last whether it moves behind all others, as the document of a channel does, which names them
 */
public record TagChange(TagName name, Optional<Digest> previous, Digest digest, boolean last) {

    /** One that moves when its name says. */
    public TagChange(TagName name, Optional<Digest> previous, Digest digest) {
        this(name, previous, digest, false);
    }

    /** What it is to lead to, in the tag's own repository. */
    ImageRef image() {
        return ImageRef.of(name.repository(), digest);
    }

    boolean isSet(Optional<Digest> now) {
        return now.filter(digest::equals).isPresent();
    }

    /** The same one of a tag that leads elsewhere by now. */
    TagChange from(Optional<Digest> found) {
        return new TagChange(name, found, digest, last);
    }

    ObjectNode toJson() {
        ObjectNode json = name.toJson()
                .put("previous", previous.map(Digest::toString).orElse(""))
                .put("digest", digest.toString());
        return last ? json.put("last", true) : json;
    }

    static TagChange read(JsonNode json) {
        String previous = json.path("previous").asText("");
        return new TagChange(
                TagName.read(json),
                previous.isEmpty() ? Optional.empty() : Optional.of(Digest.parse(previous)),
                Digest.parse(json.path("digest").asText("")),
                json.path("last").asBoolean());
    }
}
