package io.jenkins.plugins.multiarch.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small images of every shape, pushed to a repository of any {@link Registry}. */
public final class SampleImages {
    private final Registry registry;
    private final Repository repository;

    public SampleImages(Registry registry, Repository repository) {
        this.registry = registry;
        this.repository = repository;
    }

    /** An image of one platform whose layers hold the given texts. */
    public ImageManifest image(String platform, String... layers) throws InterruptedException {
        return image(config(platform, layers), layers);
    }

    public ImageManifest image(ObjectNode config, String... layers) throws InterruptedException {
        List<Descriptor> pushed = new ArrayList<>();
        for (String layer : layers) {
            pushed.add(blob(MediaTypes.OCI_LAYER, bytes(layer)));
        }
        ImageManifest image = ImageManifest.of(blob(MediaTypes.OCI_CONFIG, Json.write(config)), pushed, Map.of());
        return put(image);
    }

    /** A configuration whose layers are uncompressed, so that diff IDs and digests are the same. */
    public static ObjectNode config(String platform, String... layers) {
        Platform of = Platform.parse(platform);
        ObjectNode json = Json.object();
        json.put("architecture", of.arch());
        json.put("os", of.os());
        if (!of.variant().isEmpty()) {
            json.put("variant", of.variant());
        }
        ArrayNode diffIds = json.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        ArrayNode history = json.putArray("history");
        for (String layer : layers) {
            diffIds.add(Digest.sha256(bytes(layer)).toString());
            history.addObject().put("created_by", "COPY " + layer + " /");
        }
        return json;
    }

    /** An index of images whose platforms are read from their configuration. */
    public ImageIndex index(Manifest... children) throws InterruptedException {
        List<Descriptor> described = new ArrayList<>();
        for (Manifest child : children) {
            described.add(child.descriptor());
        }
        return index(described);
    }

    public ImageIndex index(List<Descriptor> children) throws InterruptedException {
        return put(ImageIndex.of(children, Map.of()));
    }

    /** An index as some tools write it: Docker's type, spread over many lines, fields in another order. */
    public Manifest prettyDockerList(Descriptor... children) throws InterruptedException {
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray("manifests");
        for (Descriptor child : children) {
            array.add(child.toJson());
        }
        json.put("mediaType", MediaTypes.DOCKER_LIST);
        json.put("schemaVersion", 2);
        return put(Manifest.parse(bytes(Json.pretty(json)), MediaTypes.DOCKER_LIST));
    }

    /** What BuildKit puts beside an image in its index; an OCI artifact with a subject since 2024. */
    public Descriptor attestation(ImageManifest about, boolean withSubject) throws InterruptedException {
        Descriptor statement = blob("application/vnd.in-toto+json", bytes("{\"about\":\"" + about.digest() + "\"}"));
        Optional<Descriptor> subject = withSubject ? Optional.of(about.descriptor()) : Optional.empty();
        blob(MediaTypes.OCI_EMPTY, EmptyBlob.bytes());
        ImageManifest manifest = put(ImageManifest.artifact(
                "application/vnd.docker.attestation.manifest.v1+json", List.of(statement), subject, Map.of()));
        return manifest.descriptor()
                .withPlatform(Platform.parse("unknown/unknown"))
                .withAnnotations(Map.of(
                        "vnd.docker.reference.type",
                        "attestation-manifest",
                        "vnd.docker.reference.digest",
                        about.digest().toString()));
    }

    /** Something that is about another manifest, such as an SBOM. */
    public ImageManifest referrer(Manifest subject, String text) throws InterruptedException {
        Descriptor content = blob("text/plain", bytes(text));
        blob(MediaTypes.OCI_EMPTY, EmptyBlob.bytes());
        return put(ImageManifest.artifact(
                "application/vnd.example.remark", List.of(content), Optional.of(subject.descriptor()), Map.of()));
    }

    /** A signature, attestation or SBOM as cosign stores it: one layer a statement, behind a tag. */
    public ImageManifest cosign(Manifest about, String suffix, String... statements) throws InterruptedException {
        List<Descriptor> layers = new ArrayList<>();
        for (String statement : statements) {
            layers.add(blob("application/vnd.dev.cosign.simplesigning.v1+json", bytes(statement)));
        }
        ImageManifest manifest = ImageManifest.of(
                blob(MediaTypes.OCI_CONFIG, bytes("{\"statements\":" + statements.length + "}")), layers, Map.of());
        registry.put(repository, cosignTag(about, suffix), manifest);
        return manifest;
    }

    public static Tag cosignTag(Manifest about, String suffix) {
        return new Tag(about.digest().toString().replace(':', '-') + suffix);
    }

    public Descriptor blob(String mediaType, byte[] content) throws InterruptedException {
        Blob blob = Blob.of(mediaType, content);
        registry.push(repository, blob);
        return blob.descriptor();
    }

    public <M extends Manifest> M put(M manifest) throws InterruptedException {
        registry.put(repository, manifest.digest(), manifest);
        return manifest;
    }

    public void tag(String tag, Manifest manifest) throws InterruptedException {
        registry.put(repository, new Tag(tag), manifest);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
