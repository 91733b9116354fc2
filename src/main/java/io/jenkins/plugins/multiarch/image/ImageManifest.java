package io.jenkins.plugins.multiarch.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The manifest of one image for one platform, or of one artifact (OCI image-spec 1.1, "Image Manifest"). */
public final class ImageManifest implements Manifest {
    private final byte[] bytes;
    private final String mediaType;
    private final Digest digest;
    private final String artifactType;
    private final Descriptor config;
    private final List<Descriptor> layers;
    private final Optional<Descriptor> subject;
    private final Map<String, String> annotations;

    private ImageManifest(byte[] bytes, String mediaType, Digest digest, ObjectNode json) {
        this.bytes = bytes.clone();
        this.mediaType = mediaType;
        this.digest = digest;
        this.artifactType = json.path("artifactType").asText("");
        this.config = Descriptor.read(json.path("config"));
        this.layers = Descriptor.readAll(json.path("layers"));
        this.subject =
                json.path("subject").isObject() ? Optional.of(Descriptor.read(json.path("subject"))) : Optional.empty();
        this.annotations = Annotations.read(json.path("annotations"));
    }

    static ImageManifest read(byte[] bytes, String mediaType, Digest digest, ObjectNode json) {
        return new ImageManifest(bytes, mediaType, digest, json);
    }

    /** A new OCI manifest of an image. */
    public static ImageManifest of(Descriptor config, List<Descriptor> layers, Map<String, String> annotations) {
        return write("", config, layers, Optional.empty(), annotations);
    }

    /**
     * A new OCI manifest of an artifact with the empty configuration (OCI image-spec 1.1, "Guidelines for Artifact
     * Usage").
     *
     * @param subject what it is about, where it is a referrer
     */
    public static ImageManifest artifact(
            String artifactType,
            List<Descriptor> layers,
            Optional<Descriptor> subject,
            Map<String, String> annotations) {
        return write(artifactType, EmptyBlob.DESCRIPTOR, layers, subject, annotations);
    }

    private static ImageManifest write(
            String artifactType,
            Descriptor config,
            List<Descriptor> layers,
            Optional<Descriptor> subject,
            Map<String, String> annotations) {
        ObjectNode json = Json.object();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaTypes.OCI_MANIFEST);
        if (!artifactType.isEmpty()) {
            json.put("artifactType", artifactType);
        }
        json.set("config", config.toJson());
        ArrayNode array = json.putArray("layers");
        layers.forEach(layer -> array.add(layer.toJson()));
        subject.ifPresent(about -> json.set("subject", about.toJson()));
        Annotations.write(annotations, json);
        byte[] bytes = Json.write(json);
        return read(bytes, MediaTypes.OCI_MANIFEST, Digest.sha256(bytes), json);
    }

    public Descriptor config() {
        return config;
    }

    public List<Descriptor> layers() {
        return layers;
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String mediaType() {
        return mediaType;
    }

    @Override
    public Digest digest() {
        return digest;
    }

    /** What an artifact is: its own word, else its configuration's media type where that is not an image's. */
    @Override
    public String artifactType() {
        if (!artifactType.isEmpty()) {
            return artifactType;
        }
        String type = config.mediaType();
        boolean image = type.equals(MediaTypes.OCI_CONFIG) || type.equals(MediaTypes.DOCKER_CONFIG);
        return image ? "" : type;
    }

    @Override
    public Optional<Descriptor> subject() {
        return subject;
    }

    @Override
    public Map<String, String> annotations() {
        return annotations;
    }

    @Override
    public List<Descriptor> children() {
        List<Descriptor> all = new ArrayList<>(layers.size() + 1);
        all.add(config);
        all.addAll(layers);
        return List.copyOf(all);
    }

    @Override
    public String toString() {
        return mediaType + " " + digest;
    }
}
