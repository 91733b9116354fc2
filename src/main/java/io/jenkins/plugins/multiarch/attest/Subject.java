package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import java.util.List;
import java.util.Optional;

/**
 * What a statement is about: content by its digest, which alone decides, and a name for readers (in-toto Statement v1,
 * "subject").
 *
 * @param name empty where it has none
 */
public record Subject(String name, Digest digest) {
    private static final List<String> ALGORITHMS = List.of("sha256", "sha512");

    public static Subject of(Digest digest) {
        return new Subject("", digest);
    }

    /** Reads one; nothing where all its digests are of algorithms that we do not know, such as {@code gitCommit}. */
    static Optional<Subject> read(JsonNode json) {
        JsonNode digests = json.path("digest");
        return ALGORITHMS.stream()
                .filter(algorithm -> digests.path(algorithm).isTextual())
                .findFirst()
                .map(algorithm -> new Subject(
                        json.path("name").asText(""),
                        new Digest(algorithm, digests.path(algorithm).asText())));
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        if (!name.isEmpty()) {
            json.put("name", name);
        }
        json.putObject("digest").put(digest.algorithm(), digest.hex());
        return json;
    }
}
