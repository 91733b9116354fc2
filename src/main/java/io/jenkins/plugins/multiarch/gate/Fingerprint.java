package io.jenkins.plugins.multiarch.gate;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Platform;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All by which an image of one platform is told from another, whichever mode decides, so that a difference can be
 * explained.
 *
 * @param manifest the digest of its manifest, where it has one
 * @param imageId the digest of its configuration
 * @param config its settings by their names in a Dockerfile
 * @param layers its layers unpacked, lowest first
 * @param blobs its layers as they are stored, or none where they are stored anew every time
 * @param history for each layer the line that made it, or empty
 */
public record Fingerprint(
        Platform platform,
        Optional<Digest> manifest,
        Digest imageId,
        Map<String, String> config,
        List<Digest> layers,
        List<Digest> blobs,
        List<String> history) {

    public Fingerprint {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        layers = List.copyOf(layers);
        blobs = List.copyOf(blobs);
        history = List.copyOf(history);
    }

    /** Of an image whose manifest counts. */
    static Fingerprint of(Platform platform, ImageManifest manifest, ImageConfig config) {
        Fingerprint image = of(platform, config);
        List<Digest> blobs = manifest.layers().stream().map(Descriptor::digest).toList();
        return new Fingerprint(
                platform,
                Optional.of(manifest.digest()),
                image.imageId,
                image.config,
                image.layers,
                blobs,
                image.history);
    }

    /** Of an image that docker stored its own way. */
    static Fingerprint of(Platform platform, ImageConfig config) {
        return new Fingerprint(
                platform,
                Optional.empty(),
                config.digest(),
                ConfigKeys.of(config.json()),
                config.diffIds(),
                List.of(),
                linesOf(config));
    }

    /** Of something else than an image, which has no unpacked layers. */
    static Fingerprint of(Platform platform, ImageManifest artifact) {
        List<Digest> blobs = artifact.layers().stream().map(Descriptor::digest).toList();
        return new Fingerprint(
                platform,
                Optional.of(artifact.digest()),
                artifact.config().digest(),
                Map.of(),
                blobs,
                blobs,
                Collections.nCopies(blobs.size(), ""));
    }

    /** Some builders write no history, or too little of it. */
    private static List<String> linesOf(ImageConfig config) {
        List<String> lines = new ArrayList<>();
        config.history().stream()
                .filter(step -> !step.emptyLayer())
                .limit(config.diffIds().size())
                .forEach(step -> lines.add(ConfigKeys.shown(step.createdBy())));
        while (lines.size() < config.diffIds().size()) {
            lines.add("");
        }
        return lines;
    }

    /**
     * The digest that decides in a mode. That of {@code rootfs} is what {@code docker image inspect --format '{{json
     * .RootFS.Layers}}' IMAGE | sha256sum} prints.
     */
    public Digest in(GateMode mode) {
        return switch (mode) {
            case MANIFEST -> manifest.orElse(imageId);
            case CONFIG -> imageId;
            case ROOTFS -> rootfs();
        };
    }

    private Digest rootfs() {
        String inspected = layers.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(",", "[", "]\n"));
        return Digest.sha256(inspected.getBytes(StandardCharsets.US_ASCII));
    }
}
