package io.jenkins.plugins.multiarch.gate;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.layout.DockerArchive;
import io.jenkins.plugins.multiarch.layout.ImageStore;
import io.jenkins.plugins.multiarch.layout.OciLayout;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the fingerprints of an image, wherever it lies: of all its platforms, from manifests and configurations alone. */
final class SubjectReader {
    private static final int MAX_CONFIG = 8 << 20;
    private static final int MAX_NESTING = 8;
    private static final int MAX_PLATFORMS = 128;
    private static final Platform UNKNOWN = Platform.parse("unknown/unknown");

    private final Registry registry;
    private final DockerSave docker;

    SubjectReader(Registry registry, DockerSave docker) {
        this.registry = registry;
        this.docker = docker;
    }

    /**
     * What was read.
     *
     * @param digest of the manifest or index, where it has one
     */
    record Taken(Optional<Digest> digest, List<Fingerprint> platforms) {}

    Taken read(GateSubject subject) throws IOException, InterruptedException {
        if (subject instanceof GateSubject.InRegistry remote) {
            ImageRef image = remote.image();
            return taken(registry.get(image), ImageSource.of(registry, image.repository()), subject);
        }
        if (subject instanceof GateSubject.InLayout layout) {
            try (ImageStore store = OciLayout.open(layout.path())) {
                return taken(store.manifest(store.image(layout.name())), ImageSource.of(store), subject);
            }
        }
        if (subject instanceof GateSubject.InDockerArchive archive) {
            try (ImageStore store = DockerArchive.open(archive.path())) {
                Manifest manifest = store.manifest(store.image(archive.name()));
                return unpackaged(store.config((ImageManifest) manifest));
            }
        }
        return unpackaged(docker.config((GateSubject.InDaemon) subject));
    }

    private static Taken unpackaged(ImageConfig config) {
        return new Taken(Optional.empty(), List.of(Fingerprint.of(platform(config, Optional.empty()), config)));
    }

    private static Taken taken(Manifest root, ImageSource source, GateSubject subject)
            throws IOException, InterruptedException {
        List<Fingerprint> all = new ArrayList<>();
        collect(root, Optional.empty(), source, 0, all);
        if (all.isEmpty()) {
            throw new ReleaseException(
                    subject + " is an index without any image.", "Build and publish at least one platform first.");
        }
        return new Taken(Optional.of(root.digest()), List.copyOf(all));
    }

    private static void collect(
            Manifest manifest, Optional<Platform> listedAs, ImageSource source, int depth, List<Fingerprint> all)
            throws IOException, InterruptedException {
        if (depth > MAX_NESTING || all.size() >= MAX_PLATFORMS) {
            throw new ReleaseException(
                    manifest.digest() + " is not read: its index has more than " + MAX_NESTING + " levels or "
                            + MAX_PLATFORMS + " images.",
                    "Name the image of one platform by its digest.");
        }
        if (manifest instanceof ImageManifest image) {
            Fingerprint taken = fingerprint(image, listedAs, source);
            Optional<Fingerprint> twin = all.stream()
                    .filter(one -> one.platform().equals(taken.platform()))
                    .findFirst();
            refuseOther(twin, taken);
            if (twin.isEmpty()) {
                all.add(taken);
            }
        } else if (manifest instanceof ImageIndex index) {
            for (Descriptor child : index.images()) {
                if (child.platform().filter(Platform::isUnknown).isEmpty()) {
                    collect(source.manifest(child), child.platform(), source, depth + 1, all);
                }
            }
        }
    }

    /** Which of two images would be pulled depends on who pulls; one of them may be listed under a false platform. */
    private static void refuseOther(Optional<Fingerprint> twin, Fingerprint taken) {
        if (twin.isPresent() && !twin.get().equals(taken)) {
            throw new ReleaseException(
                    "Two images of the index are built for " + taken.platform() + ": " + named(twin.get()) + " and "
                            + named(taken) + ".",
                    "Publish an index with one image for each platform; look for one that was built for another platform"
                            + " than it is listed as.");
        }
    }

    private static String named(Fingerprint image) {
        return image.manifest().map(Digest::toString).orElse("one without a digest");
    }

    private static Fingerprint fingerprint(ImageManifest image, Optional<Platform> listedAs, ImageSource source)
            throws IOException, InterruptedException {
        if (!image.artifactType().isEmpty()) {
            return Fingerprint.of(listedAs.orElse(UNKNOWN), image);
        }
        ImageConfig config = config(image.config(), source);
        return Fingerprint.of(platform(config, listedAs), image, config);
    }

    private static ImageConfig config(Descriptor config, ImageSource source) throws IOException, InterruptedException {
        if (config.size() > MAX_CONFIG) {
            throw new ReleaseException(
                    "The image configuration " + config.digest() + " has " + config.size() + " bytes; at most "
                            + MAX_CONFIG + " are read.",
                    "Build the image again with less in its labels and history.");
        }
        try (InputStream in = source.open(config)) {
            return ImageConfig.parse(in.readNBytes(MAX_CONFIG + 1));
        } catch (InterruptedIOException e) {
            throw Registry.interrupted(e);
        }
    }

    /**
     * What it was built for goes before what an index calls it, because a daemon knows only the former; but only an index
     * tells variants apart that configurations do not name.
     */
    private static Platform platform(ImageConfig config, Optional<Platform> listedAs) {
        Platform built = config.platform();
        if (built.isUnknown()) {
            return listedAs.orElse(UNKNOWN);
        }
        return listedAs.filter(listed ->
                        listed.os().equals(built.os()) && listed.arch().equals(built.arch()))
                .orElse(built);
    }
}
