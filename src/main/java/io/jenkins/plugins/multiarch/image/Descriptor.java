package io.jenkins.plugins.multiarch.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one piece of content points at another: media type, digest and size in bytes (OCI image-spec 1.1,
 * "Content Descriptors").
 *
 * @param artifactType what an artifact is, else empty
 * @param urls where a foreign layer is to be had, else empty
 */
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        String artifactType,
        Optional<Platform> platform,
        Map<String, String> annotations,
        List<String> urls) {
    private static final String REFERENCE_TYPE = "vnd.docker.reference.type";
    private static final String REFERENCE_DIGEST = "vnd.docker.reference.digest";

    public Descriptor {
        annotations = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        urls = List.copyOf(urls);
        if (size < 0) {
            throw new ReleaseException(
                    "The descriptor of " + digest + " has the size " + size + ".",
                    "Make the manifest again with the tool that wrote it.");
        }
    }

    public static Descriptor of(String mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, "", Optional.empty(), Map.of(), List.of());
    }

    /** The descriptor of these bytes, by their sha256. */
    public static Descriptor of(String mediaType, byte[] content) {
        return of(mediaType, Digest.sha256(content), content.length);
    }

    public Descriptor withPlatform(Platform known) {
        return new Descriptor(mediaType, digest, size, artifactType, Optional.of(known), annotations, urls);
    }

    public Descriptor withAnnotations(Map<String, String> replaced) {
        return new Descriptor(mediaType, digest, size, artifactType, platform, replaced, urls);
    }

    public Descriptor withArtifactType(String type) {
        return new Descriptor(mediaType, digest, size, type, platform, annotations, urls);
    }

    public boolean isIndex() {
        return MediaTypes.isIndex(mediaType);
    }

    /**
     * Whether this child of an index is no image but what BuildKit says about one: provenance and SBOM
     * ({@code vnd.docker.reference.type: attestation-manifest}, and the platform {@code unknown/unknown}, which no tool takes
     * for its own; of a child without a platform many read it from the image).
     */
    public boolean isAttestation() {
        return "attestation-manifest".equals(annotations.get(REFERENCE_TYPE))
                && platform.map(Platform.UNKNOWN::equals).orElse(false);
    }

    /** The image an {@linkplain #isAttestation() attestation} is about. */
    public Optional<Digest> attested() {
        return isAttestation()
                ? Optional.ofNullable(annotations.get(REFERENCE_DIGEST)).map(Digest::parse)
                : Optional.empty();
    }

    static Descriptor read(JsonNode json) {
        if (!json.isObject()
                || !json.path("digest").isTextual()
                || !json.path("size").isIntegralNumber()
                || !json.path("size").canConvertToLong()) {
            throw new ReleaseException(
                    "A descriptor lacks its digest or size: " + Shown.of(json.toString()) + ".",
                    "Make the manifest again with the tool that wrote it.");
        }
        return new Descriptor(
                json.path("mediaType").asText(""),
                Digest.parse(json.path("digest").asText()),
                json.path("size").asLong(),
                json.path("artifactType").asText(""),
                json.path("platform").isObject() ? Optional.of(Platform.read(json.path("platform"))) : Optional.empty(),
                Annotations.read(json.path("annotations")),
                texts(json.path("urls")));
    }

    /** Reads the list of an index, or of a registry's answer that has the form of one; what is no list is empty. */
    public static List<Descriptor> readAll(JsonNode array) {
        List<Descriptor> all = new ArrayList<>();
        array.forEach(item -> all.add(read(item)));
        return List.copyOf(all);
    }

    private static List<String> texts(JsonNode array) {
        List<String> all = new ArrayList<>();
        array.forEach(item -> all.add(item.asText()));
        return all;
    }

    /** This descriptor as JSON, fields in the specification's order. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("mediaType", mediaType);
        json.put("digest", digest.toString());
        json.put("size", size);
        if (!urls.isEmpty()) {
            urls.forEach(json.putArray("urls")::add);
        }
        Annotations.write(annotations, json);
        if (!artifactType.isEmpty()) {
            json.put("artifactType", artifactType);
        }
        platform.ifPresent(p -> p.write(json.putObject("platform")));
        return json;
    }
}
