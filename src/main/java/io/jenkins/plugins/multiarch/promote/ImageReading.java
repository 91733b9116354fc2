package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Reads what guards go by: platforms, and what an image says of itself. Each thing is read once. */
final class ImageReading {
    private static final String PREFIX = "org.opencontainers.image.";
    /** Indexes in indexes, deeper than which nobody looks. */
    private static final int MAX_LEVELS = 4;
    /** The largest configuration that is read, in bytes. */
    private static final int MAX_CONFIG = 4 << 20;

    private static final Set<String> CONFIGS = Set.of(MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG);

    private final Registry registry;
    private final KnownManifests manifests;
    private final Map<Digest, Set<Platform>> platforms = new ConcurrentHashMap<>();
    private final Map<Digest, ImageFacts> facts = new ConcurrentHashMap<>();
    private final Map<Digest, Optional<ImageConfig>> configs = new ConcurrentHashMap<>();

    ImageReading(Registry registry, KnownManifests manifests) {
        this.registry = registry;
        this.manifests = manifests;
    }

    /** What it can run on, in their order; nothing for what cannot run at all. */
    Set<Platform> platforms(Repository repository, Digest image) throws InterruptedException {
        Set<Platform> known = platforms.get(image);
        if (known == null) {
            known = new TreeSet<>();
            addPlatforms(repository, manifests.get(repository, image), known, 0);
            platforms.put(image, known);
        }
        return known;
    }

    private void addPlatforms(Repository repository, Manifest manifest, Set<Platform> all, int level)
            throws InterruptedException {
        if (manifest instanceof ImageIndex index && level < MAX_LEVELS) {
            for (Descriptor child : index.images()) {
                Optional<Platform> said = child.platform().filter(platform -> !platform.isUnknown());
                if (said.isPresent()) {
                    all.add(said.get());
                } else if (MediaTypes.isManifest(child.mediaType())) {
                    addPlatforms(repository, manifests.get(repository, child.digest()), all, level + 1);
                }
            }
        } else if (manifest instanceof ImageManifest image) {
            config(repository, image)
                    .map(ImageConfig::platform)
                    .filter(platform -> !platform.isUnknown())
                    .ifPresent(all::add);
        }
    }

    /** What the index says, else its first image's manifest, else that one's configuration. */
    ImageFacts facts(Repository repository, Digest image) throws InterruptedException {
        ImageFacts known = facts.get(image);
        if (known == null) {
            known = facts(repository, manifests.get(repository, image), 0);
            facts.put(image, known);
        }
        return known;
    }

    private ImageFacts facts(Repository repository, Manifest manifest, int level) throws InterruptedException {
        Map<String, String> said = manifest.annotations();
        ImageFacts here = new ImageFacts(said(said, "version"), said(said, "created"), said(said, "revision"));
        if (manifest instanceof ImageManifest image) {
            return config(repository, image)
                    .map(config -> completed(here, facts(config)))
                    .orElse(here);
        }
        boolean complete = !here.version().isEmpty()
                && !here.created().isEmpty()
                && !here.revision().isEmpty();
        Optional<Descriptor> first = ((ImageIndex) manifest)
                .images().stream()
                        .filter(child -> MediaTypes.isManifest(child.mediaType()))
                        .findFirst();
        if (complete || first.isEmpty() || level == MAX_LEVELS) {
            return here;
        }
        Manifest child = manifests.get(repository, first.get().digest());
        return completed(here, facts(repository, child, level + 1));
    }

    private static ImageFacts facts(ImageConfig config) {
        JsonNode labels = config.json().path("config").path("Labels");
        String created = label(labels, "created");
        return new ImageFacts(
                label(labels, "version"),
                created.isEmpty() ? config.json().path("created").asText("") : created,
                label(labels, "revision"));
    }

    private static ImageFacts completed(ImageFacts first, ImageFacts second) {
        return new ImageFacts(
                first.version().isEmpty() ? second.version() : first.version(),
                first.created().isEmpty() ? second.created() : first.created(),
                first.revision().isEmpty() ? second.revision() : first.revision());
    }

    private static String label(JsonNode labels, String name) {
        return Shown.of(labels.path(PREFIX + name).asText(""));
    }

    private static String said(Map<String, String> annotations, String name) {
        return Shown.of(annotations.getOrDefault(PREFIX + name, ""));
    }

    private Optional<ImageConfig> config(Repository repository, ImageManifest image) throws InterruptedException {
        Descriptor config = image.config();
        Optional<ImageConfig> known = configs.get(config.digest());
        if (known == null) {
            known = CONFIGS.contains(config.mediaType()) ? Optional.of(read(repository, config)) : Optional.empty();
            configs.put(config.digest(), known);
        }
        return known;
    }

    private ImageConfig read(Repository repository, Descriptor config) throws InterruptedException {
        if (config.size() > MAX_CONFIG) {
            throw new ReleaseException(
                    "The configuration " + config.digest() + " of " + repository + " has " + config.size() + " bytes.",
                    "No image needs that much; look what was pushed there.");
        }
        return ImageConfig.parse(registry.bytes(repository, config, MAX_CONFIG));
    }
}
