package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.util.List;
import java.util.Optional;

/**
 * What is claimed, before it is said of what.
 *
 * @param type the URI of its type
 * @param json an object in UTF-8
 * @param document of which image it is, where a scanner wrote it; any other claim is about what it is said of
 */
public record Predicate(String type, byte[] json, Optional<ImageDocument> document) {

    public Predicate {
        json = json.clone();
    }

    /** A claim that no scanner wrote. */
    public Predicate(String type, byte[] json) {
        this(type, json, Optional.empty());
    }

    public static Predicate of(String type, ObjectNode json) {
        return new Predicate(type, Json.write(json));
    }

    /**
     * A claim of any type, as a file holds it.
     *
     * @param type a URI, or one of cosign's words for one, such as {@code slsaprovenance1}
     * @throws io.jenkins.plugins.multiarch.image.ReleaseException if the type is neither
     */
    public static Predicate custom(String type, byte[] json) {
        return new Predicate(PredicateTypes.parse(type), json);
    }

    /** The statement that this is so of these. */
    public Statement about(List<Subject> subjects) {
        return Statement.of(subjects, type, json);
    }

    @Override
    public byte[] json() {
        return json.clone();
    }
}
