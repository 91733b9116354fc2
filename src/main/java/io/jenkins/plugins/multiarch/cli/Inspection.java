package io.jenkins.plugins.multiarch.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that can be read about an image without fetching its layers. */
record Inspection(ImageRef reference, Manifest manifest, List<Part> parts, List<Descriptor> referrers) {
    /** Configurations larger than this, in bytes, are not read for their platform. */
    private static final long MAX_CONFIG = 8 << 20;

    private static final Set<String> IMAGE_CONFIGS = Set.of(MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG);

    /**
     * An image of one platform, or a nested index.
     *
     * @param platform as the index says it, else as the configuration says it; empty where nobody does
     * @param contentSize bytes of its configuration and layers as they are stored; of a nested index 0
     */
    record Part(
            String platform,
            Descriptor descriptor,
            int layers,
            long contentSize,
            List<Descriptor> attestations,
            List<Descriptor> referrers) {

        ObjectNode toJson() {
            ObjectNode json = Json.object();
            json.put("platform", platform);
            json.put("digest", descriptor.digest().toString());
            json.put("size", descriptor.size());
            json.put("layers", layers);
            json.put("contentSize", contentSize);
            attestations.forEach(
                    attestation -> attestationsOf(json).add(attestation.digest().toString()));
            attestationsOf(json);
            json.set("referrers", list(referrers));
            return json;
        }

        private static ArrayNode attestationsOf(ObjectNode json) {
            return json.withArray("attestations");
        }
    }

    static Inspection of(Registry registry, ImageRef image, Manifest manifest)
            throws IOException, InterruptedException {
        ImageRef pinned = image.at(manifest.digest());
        List<Part> parts = new ArrayList<>();
        if (manifest instanceof ImageIndex index) {
            for (Descriptor child : index.images()) {
                parts.add(part(registry, pinned.at(child.digest()), child, index));
            }
        } else if (manifest instanceof ImageManifest single && isImage(single)) {
            parts.add(part(registry, pinned, single, single.descriptor(), List.of(), List.of()));
        }
        return new Inspection(pinned, manifest, parts, registry.referrers(pinned.repository(), manifest.digest(), ""));
    }

    private static Part part(Registry registry, ImageRef child, Descriptor descriptor, ImageIndex index)
            throws IOException, InterruptedException {
        List<Descriptor> attestations = index.attestationsOf(descriptor.digest());
        List<Descriptor> referrers = registry.referrers(child.repository(), descriptor.digest(), "");
        if (registry.get(child) instanceof ImageManifest image) {
            return part(registry, child, image, descriptor, attestations, referrers);
        }
        return new Part("", descriptor, 0, 0, attestations, referrers);
    }

    private static Part part(
            Registry registry,
            ImageRef image,
            ImageManifest manifest,
            Descriptor descriptor,
            List<Descriptor> attestations,
            List<Descriptor> referrers)
            throws IOException, InterruptedException {
        long size = manifest.children().stream().mapToLong(Descriptor::size).sum();
        Optional<String> said = descriptor.platform().map(Object::toString);
        String platform = said.isPresent() ? said.get() : platform(registry, image, manifest);
        return new Part(platform, descriptor, manifest.layers().size(), size, attestations, referrers);
    }

    private static String platform(Registry registry, ImageRef image, ImageManifest manifest)
            throws IOException, InterruptedException {
        if (!isImage(manifest) || manifest.config().size() > MAX_CONFIG) {
            return "";
        }
        try (InputStream config = registry.open(image.repository(), manifest.config())) {
            return ImageConfig.parse(config.readAllBytes()).platform().toString();
        }
    }

    private static boolean isImage(ImageManifest manifest) {
        return IMAGE_CONFIGS.contains(manifest.config().mediaType());
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("reference", reference.toString());
        json.put("repository", reference.repository().toString());
        json.put("digest", manifest.digest().toString());
        json.put("mediaType", manifest.mediaType());
        json.put("artifactType", manifest.artifactType());
        json.put("size", manifest.bytes().length);
        ObjectNode annotations = json.putObject("annotations");
        manifest.annotations().forEach(annotations::put);
        json.put(
                "subject",
                manifest.subject().map(Descriptor::digest).map(Digest::toString).orElse(""));
        ArrayNode platforms = json.putArray("platforms");
        parts.forEach(part -> platforms.add(part.toJson()));
        json.set("referrers", list(referrers));
        return json;
    }

    private static ArrayNode list(List<Descriptor> referrers) {
        ArrayNode array = Json.object().putArray("referrers");
        for (Descriptor referrer : referrers) {
            array.addObject()
                    .put("digest", referrer.digest().toString())
                    .put("artifactType", referrer.artifactType())
                    .put("size", referrer.size());
        }
        return array;
    }

    @Override
    public String toString() {
        return new InspectionText(this).toString();
    }
}
