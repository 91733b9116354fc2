package io.jenkins.plugins.multiarch.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An image's configuration: what it runs, on which platform, and the layers it was made of (OCI image-spec 1.1, "Image
 * Configuration"). The bytes are those that came.
 */
public final class ImageConfig {
    private final byte[] bytes;
    private final ObjectNode json;
    private final List<Digest> diffIds;
    private final List<History> history;

    /**
     * One step of how the image was made.
     *
     * @param createdBy the command, as the builder wrote it
     * @param emptyLayer whether it changed the configuration only
     */
    public record History(String createdBy, boolean emptyLayer) {}

    private ImageConfig(byte[] bytes, ObjectNode json) {
        this.bytes = bytes.clone();
        this.json = json;
        List<Digest> ids = new ArrayList<>();
        json.path("rootfs").path("diff_ids").forEach(id -> ids.add(Digest.parse(id.asText())));
        this.diffIds = List.copyOf(ids);
        List<History> steps = new ArrayList<>();
        json.path("history")
                .forEach(step -> steps.add(new History(
                        step.path("created_by").asText(""),
                        step.path("empty_layer").asBoolean(false))));
        this.history = List.copyOf(steps);
    }

    public static ImageConfig parse(byte[] bytes) {
        return new ImageConfig(bytes, Json.read(bytes, "The image configuration", KnownNames.CONFIG));
    }

    /** A copy of the bytes that the digest, the image ID, is of. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public Digest digest() {
        return Digest.sha256(bytes);
    }

    /** The platform it was built for, which may be another than the index above it says. */
    public Platform platform() {
        return Platform.read(json);
    }

    /** The digests of the layers when unpacked, lowest first; what {@code docker inspect} calls RootFS.Layers. */
    public List<Digest> diffIds() {
        return diffIds;
    }

    public List<History> history() {
        return history;
    }

    /** The whole document, a copy. */
    public JsonNode json() {
        return json.deepCopy();
    }
}
