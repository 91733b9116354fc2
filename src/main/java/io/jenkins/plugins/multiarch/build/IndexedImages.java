package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the images behind references: an image itself, or those inside an index. BuildKit makes an index even of a build
 * for one platform, for the attestation beside the image.
 *
 * <p>A platform is what the image's configuration says, whatever an index says about it.
 */
final class IndexedImages {
    /** How many indexes may lie inside each other. */
    private static final int MAX_DEPTH = 4;

    /** The largest configuration that is read, in bytes. */
    private static final int MAX_CONFIG = 8 << 20;

    private static final Set<String> CONFIGS = Set.of(MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG);

    private final Registry registry;

    IndexedImages(Registry registry) {
        this.registry = registry;
    }

    /** All images of a child; of the platform asked for alone where one was, and at least one. */
    List<IndexedImage> of(ChildImage child) throws IOException, InterruptedException {
        List<IndexedImage> found = in(child.image(), registry.get(child.image()));
        return child.platform().isPresent() ? only(child.platform().get(), child.image(), found) : found;
    }

    /**
     * All images of what a reference leads to.
     *
     * @param manifest that was read there
     */
    List<IndexedImage> in(ImageRef source, Manifest manifest) throws IOException, InterruptedException {
        List<IndexedImage> found = new ArrayList<>();
        if (manifest instanceof ImageIndex index) {
            collect(source, index, found, 1);
        } else {
            found.add(image(source, (ImageManifest) manifest, manifest.descriptor(), List.of()));
        }
        return found;
    }

    private static List<IndexedImage> only(Platform asked, ImageRef image, List<IndexedImage> found) {
        List<IndexedImage> fitting = found.stream()
                .filter(candidate -> candidate.platform().satisfies(asked))
                .toList();
        if (fitting.isEmpty()) {
            throw new ReleaseException(
                    image + " was given for " + asked + ", but its configuration says "
                            + Platform.list(
                                    found.stream().map(IndexedImage::platform).toList()) + ".",
                    "Build it for " + asked + ", or give the digest that the build for " + asked + " pushed.");
        }
        return fitting;
    }

    private void collect(ImageRef source, ImageIndex index, List<IndexedImage> found, int depth)
            throws IOException, InterruptedException {
        if (depth > MAX_DEPTH) {
            throw new ReleaseException(
                    source + " has more than " + MAX_DEPTH + " indexes inside each other.",
                    "Give the digests of its images instead.");
        }
        if (index.images().isEmpty()) {
            throw new ReleaseException(
                    source.at(index.digest()) + " is an index without images.", "Build it again, and look at its log.");
        }
        for (Descriptor child : index.images()) {
            Manifest manifest = registry.get(source.at(child.digest()));
            if (manifest instanceof ImageIndex nested) {
                collect(source, nested, found, depth + 1);
            } else {
                found.add(image(source, (ImageManifest) manifest, child, index.attestationsOf(child.digest())));
            }
        }
    }

    private IndexedImage image(
            ImageRef source, ImageManifest manifest, Descriptor descriptor, List<Descriptor> attestations)
            throws IOException, InterruptedException {
        if (!CONFIGS.contains(manifest.config().mediaType())) {
            throw new ReleaseException(
                    source.at(manifest.digest()) + " is not an image but an artifact of type '"
                            + manifest.artifactType() + "'.",
                    "Give the digest of an image; artifacts belong to an index as referrers.");
        }
        Platform platform = config(source.repository(), manifest.config()).platform();
        if (platform.isUnknown()) {
            throw new ReleaseException(
                    source.at(manifest.digest()) + " does not say which platform it is for.",
                    "Build it again with a tool that writes 'os' and 'architecture' into the configuration.");
        }
        Descriptor listed = Descriptor.of(manifest.mediaType(), manifest.digest(), manifest.bytes().length)
                .withPlatform(platform)
                .withAnnotations(descriptor.annotations());
        return new IndexedImage(Optional.of(source.repository()), platform, listed, attestations);
    }

    private ImageConfig config(Repository repository, Descriptor config) throws IOException, InterruptedException {
        if (config.size() > MAX_CONFIG) {
            throw new ReleaseException(
                    "The configuration " + config.digest() + " in " + repository + " has " + config.size()
                            + " bytes; we read at most " + MAX_CONFIG + ".",
                    "Build the image again with fewer labels and steps.");
        }
        try (InputStream in = registry.open(repository, config)) {
            return ImageConfig.parse(in.readAllBytes());
        }
    }
}
