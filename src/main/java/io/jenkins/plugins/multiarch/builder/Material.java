package io.jenkins.plugins.multiarch.builder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that goes into an image, with its digest.
 *
 * @param name what it is, in words
 * @param uri where it comes from; empty for what lies in the workspace
 * @param algorithm of the digest, as in-toto's digest sets have it: {@code sha256}, {@code dirHash}
 * @param digest lower-case hexadecimal digits
 */
public record Material(String name, String uri, String algorithm, String digest) {

    /**
     * A base image, with the package URL that BuildKit's provenance gives it: {@code
     * pkg:docker/alpine@3.20?platform=linux%2Famd64}.
     *
     * @param name as it stands in the Dockerfile
     * @param exact the image that this is, with its digest
     * @param platform nothing where it is not known which of its platforms is taken
     */
    static Material baseImage(String name, ImageRef exact, Optional<Platform> platform) {
        Digest digest = exact.requireDigest();
        return new Material("base image " + name, url(named(name, exact), platform), digest.algorithm(), digest.hex());
    }

    /** What a reader of the Dockerfile knows the image by, unless its name there stands for another. */
    private static ImageRef named(String name, ImageRef exact) {
        try {
            ImageRef written = ImageRef.parse(name);
            return written.repository().equals(exact.repository()) ? written : exact;
        } catch (ReleaseException e) {
            return exact;
        }
    }

    private static String url(ImageRef image, Optional<Platform> platform) {
        List<String> qualifiers = new ArrayList<>();
        image.digest().ifPresent(digest -> qualifiers.add("digest=" + digest));
        platform.ifPresent(one -> qualifiers.add("platform=" + one.toString().replace("/", "%2F")));
        Optional<Tag> tag =
                image.tag().or(() -> image.digest().isPresent() ? Optional.empty() : Optional.of(Tag.LATEST));
        return "pkg:docker/" + familiar(image.repository())
                + tag.map(one -> "@" + one).orElse("")
                + (qualifiers.isEmpty() ? "" : "?" + String.join("&", qualifiers));
    }

    /** As Docker shows it: without the parts that stand for Docker Hub. */
    private static String familiar(Repository repository) {
        String name = repository.toString().replaceFirst("^docker\\.io/(library/)?", "");
        return name.replace("[", "%5B").replace("]", "%5D");
    }

    /** Several as JSON; empty for none. */
    public static String write(List<Material> materials) {
        if (materials.isEmpty()) {
            return "";
        }
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray("materials");
        materials.forEach(one -> array.addObject()
                .put("name", one.name)
                .put("uri", one.uri)
                .put("algorithm", one.algorithm)
                .put("digest", one.digest));
        return new String(Json.write(json), StandardCharsets.UTF_8);
    }

    /** Reads what {@link #write} wrote. */
    public static List<Material> read(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<Material> materials = new ArrayList<>();
        for (JsonNode one : Json.read(text.getBytes(StandardCharsets.UTF_8), "What goes into an image")
                .path("materials")) {
            materials.add(new Material(
                    one.path("name").asText(),
                    one.path("uri").asText(),
                    one.path("algorithm").asText(),
                    one.path("digest").asText()));
        }
        return List.copyOf(materials);
    }
}
