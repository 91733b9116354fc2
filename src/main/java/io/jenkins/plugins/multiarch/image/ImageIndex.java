package io.jenkins.plugins.multiarch.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One image for several platforms: an OCI index or a Docker manifest list (OCI image-spec 1.1, "Image Index"). */
public final class ImageIndex implements Manifest {
    private final byte[] bytes;
    private final String mediaType;
    private final Digest digest;
    private final String artifactType;
    private final List<Descriptor> manifests;
    private final Optional<Descriptor> subject;
    private final Map<String, String> annotations;

    private ImageIndex(byte[] bytes, String mediaType, Digest digest, ObjectNode json) {
        this.bytes = bytes.clone();
        this.mediaType = mediaType;
        this.digest = digest;
        this.artifactType = json.path("artifactType").asText("");
        this.manifests = Descriptor.readAll(json.path("manifests"));
        this.subject =
                json.path("subject").isObject() ? Optional.of(Descriptor.read(json.path("subject"))) : Optional.empty();
        this.annotations = Annotations.read(json.path("annotations"));
    }

    static ImageIndex read(byte[] bytes, String mediaType, Digest digest, ObjectNode json) {
        return new ImageIndex(bytes, mediaType, digest, json);
    }

    /** A new OCI index of these manifests, in this order. */
    public static ImageIndex of(List<Descriptor> manifests, Map<String, String> annotations) {
        ObjectNode json = Json.object();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaTypes.OCI_INDEX);
        ArrayNode array = json.putArray("manifests");
        manifests.forEach(manifest -> array.add(manifest.toJson()));
        Annotations.write(annotations, json);
        byte[] bytes = Json.write(json);
        return read(bytes, MediaTypes.OCI_INDEX, Digest.sha256(bytes), json);
    }

    /**
     * An OCI index that lists more: new images behind those of this one, new attestations behind everything. What is there
     * stays, with fields that we do not know; where nothing is new, that is this index itself, to the byte.
     *
     * @param newAnnotations take the place of those with the same keys
     */
    public ImageIndex with(
            List<Descriptor> newImages, List<Descriptor> newAttestations, Map<String, String> newAnnotations) {
        if (newImages.isEmpty()
                && newAttestations.isEmpty()
                && annotations.entrySet().containsAll(newAnnotations.entrySet())) {
            return this;
        }
        ObjectNode json = Json.read(bytes, "The index " + digest);
        json.put("mediaType", MediaTypes.OCI_INDEX);
        ArrayNode array = json.withArray("manifests");
        int behindImages = behindImages();
        for (int i = 0; i < newImages.size(); i++) {
            array.insert(behindImages + i, newImages.get(i).toJson());
        }
        newAttestations.forEach(attestation -> array.add(attestation.toJson()));
        Map<String, String> all = new LinkedHashMap<>(annotations);
        all.putAll(newAnnotations);
        Annotations.write(all, json);
        byte[] written = Json.write(json);
        return read(written, MediaTypes.OCI_INDEX, Digest.sha256(written), json);
    }

    private int behindImages() {
        int behind = 0;
        for (int i = 0; i < manifests.size(); i++) {
            behind = manifests.get(i).isAttestation() ? behind : i + 1;
        }
        return behind;
    }

    /** All it lists, attestations and nested indexes included. */
    public List<Descriptor> manifests() {
        return manifests;
    }

    /** What it lists that can run: all but the {@linkplain Descriptor#isAttestation() attestations}. */
    public List<Descriptor> images() {
        return manifests.stream().filter(child -> !child.isAttestation()).toList();
    }

    /** The first image of a platform; the first decides where several fit, as the specification says. */
    public Optional<Descriptor> image(Platform platform) {
        return images().stream()
                .filter(child ->
                        child.platform().filter(p -> p.satisfies(platform)).isPresent())
                .findFirst();
    }

    /** BuildKit's attestations of one of its images. */
    public List<Descriptor> attestationsOf(Digest image) {
        return manifests.stream()
                .filter(child -> child.attested().filter(image::equals).isPresent())
                .toList();
    }

    /** The platforms of its images, in their order; images that name none are left out. */
    public List<Platform> platforms() {
        return images().stream().flatMap(child -> child.platform().stream()).toList();
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

    @Override
    public String artifactType() {
        return artifactType;
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
        return manifests;
    }

    @Override
    public String toString() {
        return mediaType + " " + digest;
    }
}
