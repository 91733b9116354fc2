package io.jenkins.plugins.multiarch.staging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.build.ForeseenIndex;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.layout.CheckedContent;
import java.io.InputStream;
import java.util.List;

/**
 * The image of one platform as it was staged.
 *
 * @param image its descriptor
 * @param attestations the descriptors of BuildKit's attestations of it, which lie in the archive too
 * @param file the archive: digest and size in bytes of the whole file
 */
public record StagedPlatform(Platform platform, Descriptor image, List<Descriptor> attestations, Descriptor file) {
    private static final String ENDING = ".oci.tar";

    public StagedPlatform {
        attestations = List.copyOf(attestations);
    }

    /** The digest of its manifest. */
    public Digest digest() {
        return image.digest();
    }

    /** The name of its archive, as in {@code linux-amd64.oci.tar}. */
    public String archive() {
        return archive(platform);
    }

    /** The name of a platform's archive. */
    public static String archive(Platform platform) {
        return platform.slug() + ENDING;
    }

    /**
     * The archive while it is read: it ends in a refusal instead of the last byte where it was changed.
     *
     * @param where names the staged image
     */
    public InputStream checked(InputStream content, String where) {
        return new CheckedContent(content, file, archive() + " of the staged image " + where);
    }

    ForeseenIndex.Entry entry() {
        return new ForeseenIndex.Entry(platform, image, attestations);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("platform", platform.toString());
        json.put("digest", digest().toString());
        json.put("size", file.size());
        json.put("archive", archive());
        json.put("sha256", file.digest().hex());
        json.set("descriptor", image.toJson());
        ArrayNode array = json.putArray("attestations");
        attestations.forEach(attestation -> array.add(attestation.toJson()));
        return json;
    }

    /** The archive's name follows from the platform, so none that leads elsewhere can be smuggled in. */
    static StagedPlatform read(JsonNode json) {
        Descriptor file = Descriptor.of(
                "application/x-tar",
                new Digest("sha256", json.path("sha256").asText()),
                json.path("size").asLong(-1));
        Descriptor image = Descriptor.readAll(Json.object().arrayNode().add(json.path("descriptor")))
                .get(0);
        return new StagedPlatform(
                Platform.parse(json.path("platform").asText()),
                image,
                Descriptor.readAll(json.path("attestations")),
                file);
    }
}
