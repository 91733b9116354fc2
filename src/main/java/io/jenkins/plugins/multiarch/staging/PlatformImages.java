package io.jenkins.plugins.multiarch.staging;

import io.jenkins.plugins.multiarch.gate.ImageSource;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.layout.ImageStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes an image apart by platform. */
final class PlatformImages {
    /** How many indexes may lie inside each other. */
    static final int MAX_DEPTH = 4;

    private static final int MAX_PLATFORMS = 128;

    private final ImageSource source;
    private final String name;
    private final List<PlatformImage> found = new ArrayList<>();

    private PlatformImages(ImageSource source, String name) {
        this.source = source;
        this.name = name;
    }

    /**
     * All platforms of an image, at least one, each once.
     *
     * @param name of the image, for refusals
     */
    static List<PlatformImage> of(Manifest root, ImageSource source, String name)
            throws IOException, InterruptedException {
        PlatformImages images = new PlatformImages(source, name);
        if (root instanceof ImageIndex index) {
            images.collect(index, List.of());
        } else {
            images.add((ImageManifest) root, root.descriptor(), List.of(), List.of());
        }
        if (images.found.isEmpty()) {
            throw new ReleaseException(name + " is an index without images.", "Build it again, and look at its log.");
        }
        return List.copyOf(images.found);
    }

    /** Those asked for, in the order of asking; all where none was. */
    static List<PlatformImage> only(List<Platform> asked, List<PlatformImage> all, String name) {
        List<PlatformImage> kept = new ArrayList<>();
        for (Platform platform : asked) {
            kept.add(all.stream()
                    .filter(image -> image.platform().satisfies(platform))
                    .findFirst()
                    .orElseThrow(() -> missing(platform, all, name)));
        }
        return asked.isEmpty() ? all : kept;
    }

    private static ReleaseException missing(Platform platform, List<PlatformImage> all, String name) {
        String there = Platform.list(all.stream().map(PlatformImage::platform).toList());
        return new ReleaseException(
                name + " has no image for " + platform + ", it has " + there + ".",
                "Ask for a platform that it has, or build the missing one.");
    }

    private void collect(ImageIndex index, List<ImageIndex> above) throws IOException, InterruptedException {
        for (Descriptor child : index.images()) {
            Manifest manifest = source.manifest(child);
            if (manifest instanceof ImageIndex nested) {
                refuseDeep(above.size());
                List<ImageIndex> indexes = new ArrayList<>(above);
                indexes.add(nested);
                collect(nested, indexes);
            } else {
                add((ImageManifest) manifest, child, above, index.attestationsOf(child.digest()));
            }
        }
    }

    private void refuseDeep(int depth) {
        if (depth >= MAX_DEPTH) {
            throw new ReleaseException(
                    name + " has more than " + MAX_DEPTH + " indexes inside each other.",
                    "Give the digests of its images instead.");
        }
    }

    private void add(ImageManifest image, Descriptor listed, List<ImageIndex> indexes, List<Descriptor> attestations)
            throws IOException, InterruptedException {
        Platform platform = platform(image, listed.platform());
        Optional<PlatformImage> twin = found.stream()
                .filter(other -> other.platform().equals(platform))
                .findFirst();
        if (twin.isPresent()) {
            throw new ReleaseException(
                    name + " has two images for " + platform + ": "
                            + twin.get().image().digest() + " and " + image.digest() + ".",
                    "Publish an index with one image for each platform, or stage one of them by its digest.");
        }
        if (found.size() == MAX_PLATFORMS) {
            throw new ReleaseException(
                    name + " has more than " + MAX_PLATFORMS + " images.",
                    "Stage the images of its platforms instead.");
        }
        found.add(new PlatformImage(platform, listed, image, indexes, attestations));
    }

    /** What it was built for, in the variant that only an index may name. */
    private Platform platform(ImageManifest image, Optional<Platform> listed) throws IOException, InterruptedException {
        if (!image.artifactType().isEmpty()) {
            throw new ReleaseException(
                    name + " holds " + image.digest() + ", which is not an image but an artifact of type '"
                            + image.artifactType() + "'.",
                    "Stage an image; artifacts belong to it as referrers.");
        }
        Platform built = config(image.config()).platform();
        if (built.isUnknown()) {
            throw new ReleaseException(
                    image.digest() + " in " + name + " does not say which platform it is for.",
                    "Build it again with a tool that writes 'os' and 'architecture' into the configuration.");
        }
        return listed.filter(said -> said.os().equals(built.os()) && said.arch().equals(built.arch()))
                .orElse(built);
    }

    private ImageConfig config(Descriptor config) throws IOException, InterruptedException {
        if (config.size() > ImageStore.MAX_DOCUMENT) {
            throw new ReleaseException(
                    "The configuration " + config.digest() + " of " + name + " has " + config.size()
                            + " bytes; we read at most " + ImageStore.MAX_DOCUMENT + ".",
                    "Build the image again with fewer labels and steps.");
        }
        try (InputStream in = source.open(config)) {
            return ImageConfig.parse(in.readAllBytes());
        }
    }
}
