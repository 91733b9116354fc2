package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.Optional;

/**
 * One tag of a promotion.
 *
 * @param previous where it led before, if it was there
 * @param digest where it leads now, or would lead after a plan
 * @param changed whether it was moved or made, or would be
 * @param reason why it was left where it is although it leads elsewhere, or empty
 */
public record MovedTag(
        Repository repository, Tag tag, Optional<Digest> previous, Digest digest, boolean changed, String reason) {

    public MovedTag(Repository repository, Tag tag, Optional<Digest> previous, Digest digest, boolean changed) {
        this(repository, tag, previous, digest, changed, "");
    }

    static MovedTag of(TagChange change) {
        TagName name = change.name();
        boolean stands = change.isSet(change.previous());
        return new MovedTag(name.repository(), name.tag(), change.previous(), change.digest(), !stands);
    }

    /** The image by its digest, as a later step takes it. */
    public ImageRef reference() {
        return ImageRef.of(repository, digest);
    }

    /** What happened to it, as one line of a build log. */
    public String happened() {
        if (!changed) {
            return "Kept " + name() + stands();
        }
        return previous.map(before -> "Moved " + name() + " from " + before + " to " + digest + ".")
                .orElseGet(() -> "Added " + name() + " at " + digest + ".");
    }

    /** What a promotion would do to it, as one line of a plan. */
    public String planned() {
        if (!changed) {
            return "Would keep " + name() + stands();
        }
        return previous.map(before -> "Would move " + name() + " from " + before + " to " + digest + ".")
                .orElseGet(() -> "Would add " + name() + " at " + digest + ".");
    }

    private String stands() {
        return reason.isEmpty() ? ": already at " + digest + "." : " at " + digest + ": " + reason + ".";
    }

    private String name() {
        return repository + ":" + tag;
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("reference", reference().toString());
        json.put("repository", repository.toString());
        json.put("tag", tag.toString());
        json.put("previous", previous.map(Digest::toString).orElse(""));
        json.put("digest", digest.toString());
        json.put("changed", changed);
        if (!reason.isEmpty()) {
            json.put("reason", reason);
        }
        return json;
    }
}
