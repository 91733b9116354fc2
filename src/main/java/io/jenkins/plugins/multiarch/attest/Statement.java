package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.KnownNames;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One claim about some content: what it is about, of which type the claim is, and the claim (in-toto Statement v1).
 *
 * <p>The claim is kept as the bytes that were given, so that no number in somebody's SBOM is ever rounded.
 */
public final class Statement {
    /** The payload type of an envelope that holds a statement. */
    public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    /** The largest statement that is written or read, in bytes. */
    public static final int MAX_SIZE = 16 * 1024 * 1024;

    private static final String TYPE = "https://in-toto.io/Statement/v1";
    /** What cosign 2 writes. */
    private static final String OLD_TYPE = "https://in-toto.io/Statement/v0.1";

    private static final KnownNames NAMES =
            KnownNames.of("_type", "predicateType", "predicate").with("subject", KnownNames.of("name", "digest"));

    private final List<Subject> subjects;
    private final String predicateType;
    private final byte[] predicate;

    private Statement(List<Subject> subjects, String predicateType, byte[] predicate) {
        this.subjects = List.copyOf(subjects);
        this.predicateType = predicateType;
        this.predicate = predicate;
    }

    /**
     * A new statement.
     *
     * @param predicateType the URI of the claim's type
     * @param predicate the claim: a JSON object in UTF-8
     * @throws ReleaseException if there is no subject, the claim is no such object, or all is larger than
     *     {@link #MAX_SIZE}
     */
    public static Statement of(List<Subject> subjects, String predicateType, byte[] predicate) {
        if (subjects.isEmpty()) {
            throw new ReleaseException(
                    "A statement of type '" + Shown.of(predicateType) + "' is about nothing.",
                    "Name the image or the file that it is about.");
        }
        refuseTooLarge(predicate);
        Statement statement = new Statement(subjects, predicateType, plainJson(predicate));
        refuseTooLarge(statement.toBytes());
        return statement;
    }

    /** As {@link #of(List, String, byte[])}, of a claim made here. */
    public static Statement of(List<Subject> subjects, String predicateType, ObjectNode predicate) {
        return of(subjects, predicateType, Json.write(predicate));
    }

    /**
     * Reads the payload of an envelope whose signature was verified: of version 1, or 0.1 as older tools write it. A claim
     * that is no object, such as the text of an SPDX document, is read as an empty one.
     *
     * @throws ReleaseException if it is no statement, or larger than {@link #MAX_SIZE}
     */
    public static Statement parse(byte[] payload) {
        refuseTooLarge(payload);
        ObjectNode json = Json.read(payload, "The statement", NAMES);
        String type = json.path("_type").asText();
        if (!Set.of(TYPE, OLD_TYPE).contains(type)) {
            throw refused("its _type is '" + Shown.of(type) + "'");
        }
        if (!json.path("predicateType").isTextual()) {
            throw refused("it has no predicateType");
        }
        List<Subject> subjects = new ArrayList<>();
        json.path("subject").forEach(subject -> Subject.read(subject).ifPresent(subjects::add));
        JsonNode predicate = json.path("predicate");
        byte[] claim = Json.write(predicate.isObject() ? predicate : Json.object());
        return new Statement(subjects, json.path("predicateType").asText(), claim);
    }

    public List<Subject> subjects() {
        return subjects;
    }

    /** Whether it is about this content. */
    public boolean isAbout(Digest digest) {
        return subjects.stream().anyMatch(subject -> subject.digest().equals(digest));
    }

    public String predicateType() {
        return predicateType;
    }

    /** The claim, a copy. */
    public byte[] predicate() {
        return predicate.clone();
    }

    /** The claim, read. */
    public ObjectNode predicateJson() {
        return Json.read(predicate, "The predicate");
    }

    /** The payload to sign; the same statement always gives the same bytes. */
    public byte[] toBytes() {
        ObjectNode head = Json.object();
        head.put("_type", TYPE);
        ArrayNode array = head.putArray("subject");
        subjects.forEach(subject -> array.add(subject.toJson()));
        head.put("predicateType", predicateType);
        byte[] open = Json.write(head);
        ByteArrayOutputStream all = new ByteArrayOutputStream(open.length + predicate.length + 16);
        all.write(open, 0, open.length - 1);
        all.writeBytes(",\"predicate\":".getBytes(StandardCharsets.UTF_8));
        all.writeBytes(predicate);
        all.write('}');
        return all.toByteArray();
    }

    private static byte[] plainJson(byte[] predicate) {
        byte[] plain = Json.withoutMark(predicate);
        Json.read(plain, "The predicate");
        return plain;
    }

    private static void refuseTooLarge(byte[] bytes) {
        if (bytes.length > MAX_SIZE) {
            throw new ReleaseException(
                    "The statement has " + bytes.length + " bytes, more than the " + MAX_SIZE + " that are taken.",
                    "Attest the digest of what is so large instead, or make it smaller.");
        }
    }

    private static ReleaseException refused(String reason) {
        return new ReleaseException(
                "The payload is not an in-toto statement: " + reason + ".",
                "Attest again with a tool that writes in-toto Statement v1.");
    }
}
