package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.attest.PredicateTypes;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.attest.Subject;
import io.jenkins.plugins.multiarch.attest.VerificationSummary;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Shown;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a promotion or a rollback did, to be kept beside each of its images. A receipt that nobody verified is a hint and
 * not a fact.
 *
 * @param time when its first tag was about to move
 * @param tags all tags of the release, with those that stood right already
 * @param images all images of the release by digest, with their versions, which may be empty
 */
public record Receipt(Instant time, ReleaseNote note, List<TagChange> tags, Map<ImageRef, String> images) {
    private static final int VERSION = 1;

    public Receipt {
        tags = List.copyOf(tags);
        images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
    }

    /** One name for the release in the receipts of all its images: the SHA-256 of all that they say. */
    Digest release() {
        return Digest.sha256(Json.write(content()));
    }

    boolean isRollback() {
        return note.rollback().isPresent();
    }

    /** Where it had a tag lead, as far as it names it. */
    Optional<TagChange> change(TagName name) {
        return tags.stream().filter(tag -> tag.name().equals(name)).findFirst();
    }

    /** Whether it had this tag lead there. */
    boolean leads(TagName name, Digest digest) {
        return change(name).filter(tag -> tag.digest().equals(digest)).isPresent();
    }

    String version(Repository repository, Digest digest) {
        return images.getOrDefault(ImageRef.of(repository, digest), "");
    }

    /** The statement that is kept where nobody signs, about all images. */
    Statement statement() {
        List<Subject> subjects = images.keySet().stream()
                .map(image -> new Subject(image.toString(), image.requireDigest()))
                .toList();
        return Statement.of(subjects, PredicateTypes.PROMOTION, toJson());
    }

    /** The statement to sign, about one of the images: a SLSA verification summary that holds the receipt too. */
    Statement summary(ImageRef image) {
        return VerificationSummary.ofPromotion(time, image, toJson())
                .about(List.of(new Subject(image.toString(), image.requireDigest())));
    }

    /** The receipt in a statement of either kind; nothing in a summary of somebody else's. */
    static Optional<Receipt> in(Statement statement) {
        return statement.predicateType().equals(PredicateTypes.PROMOTION)
                ? Optional.of(read(statement.predicateJson()))
                : VerificationSummary.promotion(statement.predicateJson()).map(Receipt::read);
    }

    /**
     * <code>{"version": 1, "release", "kind": "promotion"|"rollback", "time", "releaseVersion", "build": {"number", "url", "step"},
     * "tags": [{"repository", "tag", "previous", "digest"}], "images": [{"repository", "digest", "version"}], "rollback":
     * {"stateOf", "of"}}</code>.
     */
    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("version", VERSION);
        json.put("release", release().toString());
        json.setAll(content());
        return json;
    }

    private ObjectNode content() {
        ObjectNode json = Json.object();
        json.put("kind", isRollback() ? "rollback" : "promotion");
        json.put("time", time.toString());
        if (!note.version().isEmpty()) {
            json.put("releaseVersion", note.version());
        }
        if (!note.build().isEmpty() || !note.url().isEmpty() || !note.step().isEmpty()) {
            ObjectNode build =
                    json.putObject("build").put("number", note.build()).put("url", note.url());
            if (!note.step().isEmpty()) {
                build.put("step", note.step());
            }
        }
        ArrayNode moved = json.putArray("tags");
        tags.forEach(tag -> moved.add(tag.toJson()));
        ArrayNode set = json.putArray("images");
        images.forEach((image, version) -> set.addObject()
                .put("repository", image.repository().toString())
                .put("digest", image.requireDigest().toString())
                .put("version", version));
        note.rollback().ifPresent(back -> json.set("rollback", back.toJson()));
        return json;
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws ReleaseException if it is none, or its release is not the SHA-256 of what it says
     */
    static Receipt read(ObjectNode json) {
        if (json.path("version").asInt() != VERSION) {
            throw refused("its version is " + json.path("version").asInt());
        }
        List<TagChange> tags = new ArrayList<>();
        json.path("tags").forEach(tag -> tags.add(TagChange.read(tag)));
        Map<ImageRef, String> images = new LinkedHashMap<>();
        for (JsonNode image : json.path("images")) {
            Repository repository = Repository.parse(image.path("repository").asText(""));
            Digest digest = Digest.parse(image.path("digest").asText(""));
            images.put(
                    ImageRef.of(repository, digest),
                    Shown.of(image.path("version").asText("")));
        }
        JsonNode build = json.path("build");
        ReleaseNote note = new ReleaseNote(
                Shown.of(json.path("releaseVersion").asText("")),
                Shown.of(build.path("number").asText("")),
                Shown.plain(build.path("url").asText("")),
                Shown.plain(build.path("step").asText("")),
                json.path("kind").asText("").equals("rollback")
                        ? Optional.of(ReturnTo.read(json.path("rollback")))
                        : Optional.empty());
        Receipt receipt = new Receipt(instant(json.path("time").asText("")), note, tags, images);
        if (!receipt.release().toString().equals(json.path("release").asText(""))) {
            throw refused("its release is not the digest of what it says");
        }
        return receipt;
    }

    static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw refused("it has a time '" + Shown.of(text) + "'");
        }
    }

    private static ReleaseException refused(String reason) {
        return new ReleaseException(
                "This is not the receipt of a promotion: " + reason + ".", "Use the version that wrote it.");
    }
}
