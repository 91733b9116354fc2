package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is claimed, before it is said of what.
 *
 * @param type the URI of its type
 * @param json an object in UTF-8
 * @param images the digests of what the document itself says that it describes; empty where it does not say
 */
public record Predicate(String type, byte[] json, Set<Digest> images) {

    public Predicate {
        json = json.clone();
        images = Set.copyOf(images);
    }

    /** A claim that does not say by itself what it is about. */
    public Predicate(String type, byte[] json) {
        this(type, json, Set.of());
    }

    public static Predicate of(String type, ObjectNode json) {
        return new Predicate(type, Json.write(json));
    }

    /**
     * A claim of any type, as a file holds it.
     *
     * @param type a URI, or one of cosign's words for one, such as {@code slsaprovenance1}
     * @throws ReleaseException if the type is neither
     */
    public static Predicate custom(String type, byte[] json) {
        String uri = PredicateTypes.uri(type);
        if (!isAbsolute(uri)) {
            throw new ReleaseException(
                    "'" + Shown.of(type) + "' is not the type of a predicate.",
                    "Write a URI, as in https://example.com/review/v1, or one of "
                            + String.join(", ", PredicateTypes.words()) + ".");
        }
        return new Predicate(uri, json);
    }

    private static boolean isAbsolute(String uri) {
        try {
            return new URI(uri).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /**
     * Refuses a document that says that it describes something else.
     *
     * @param names all digests that the image has: of its manifest, its configuration, its index
     */
    void refuseUnlessAbout(List<Digest> names) {
        if (!images.isEmpty() && names.stream().noneMatch(images::contains)) {
            throw new ReleaseException(
                    "The SBOM is about "
                            + new TreeSet<>(images)
                                    .stream().map(Digest::toString).collect(Collectors.joining(", "))
                            + " and not about " + names.get(0) + ".",
                    "Make it of the image that is attested, or attest the image that it was made of.");
        }
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
