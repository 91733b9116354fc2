package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.build.ImageFiles;
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
import io.jenkins.plugins.multiarch.layout.OciLayoutWriter;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a builder left: one image of one platform, looked at, with BuildKit's attestations of it where there are any.
 *
 * <p>The manifest's bytes are the builder's. Two things make a new one: layers that are not compressed, as {@code docker
 * save} leaves them, are compressed by the daemonless builder's gzip, whose result is the same everywhere; and annotations
 * that the builder could not put on the manifest are put there.
 */
public final class BuiltOutput implements Closeable {
    private final BuiltStore store;
    private final Manifest root;
    private final Descriptor image;
    private final List<Descriptor> attestations;
    private final BuildPlan plan;

    private BuiltOutput(
            BuiltStore store, Manifest root, Descriptor image, List<Descriptor> attestations, BuildPlan plan) {
        this.store = store;
        this.root = root;
        this.image = image;
        this.attestations = List.copyOf(attestations);
        this.plan = plan;
    }

    /**
     * Opens what lies in the private folder.
     *
     * @throws ReleaseException if it is no image, several, or one of another platform than asked for, by its configuration or by
     *     its programs
     */
    public static BuiltOutput read(Path folder, BuildPlan plan) throws IOException, InterruptedException {
        BuiltStore store = BuiltStore.open(folder);
        try {
            return read(store, plan);
        } catch (IOException | InterruptedException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static BuiltOutput read(BuiltStore store, BuildPlan plan) throws IOException, InterruptedException {
        Manifest root = lister(store);
        Descriptor found = root instanceof ImageIndex index ? index.images().get(0) : root.descriptor();
        ImageManifest manifest = (ImageManifest) store.manifest(found);
        ImageConfig config = store.config(manifest);
        refuseOtherPlatform(config.platform(), plan.platform());
        if (!config.json()
                .at("/config/Labels")
                .path(ImagePrograms.FOREIGN)
                .asText("")
                .equals("true")) {
            ImagePrograms.check(store, manifest, plan.platform());
        }
        List<Descriptor> attestations =
                root instanceof ImageIndex index ? index.attestationsOf(found.digest()) : List.of();
        ImageManifest finished = store.finished(manifest, plan.annotations(), !attestations.isEmpty());
        Descriptor image = finished.descriptor().withPlatform(config.platform());
        boolean alone = attestations.isEmpty();
        return new BuiltOutput(store, alone ? finished : root, image, attestations, plan);
    }

    /** The image's manifest, or the index that lists it; what lists only that index is left behind. */
    private static Manifest lister(BuiltStore store) throws IOException {
        Manifest found = store.manifest(store.image());
        while (found instanceof ImageIndex index) {
            List<Descriptor> images = index.images();
            if (images.size() != 1) {
                throw new ReleaseException(
                        store + " holds " + images.size() + " images, where the build of one platform belongs.",
                        "Build one platform at a time; the index over all is made afterwards.");
            }
            Manifest inner = store.manifest(images.get(0));
            if (!(inner instanceof ImageIndex)) {
                break;
            }
            found = inner;
        }
        return found;
    }

    private static void refuseOtherPlatform(Platform built, Platform asked) {
        if (!built.satisfies(asked)) {
            throw new ReleaseException(
                    "An image for " + asked + " was asked for, and one for " + built + " was built.",
                    "Take --platform from the FROM of the stage that is built, and check that its base image is there"
                            + " for " + asked + ".");
        }
    }

    /** What {@code publishIndex} takes: the image's digest, or that of the index of the image and its attestations. */
    public Digest digest() {
        return root.digest();
    }

    /** The image's manifest, with its platform. */
    public Descriptor image() {
        return image;
    }

    /** The attestations that BuildKit made about the image. */
    public List<Descriptor> attestations() {
        return attestations;
    }

    /** Pushes it by digest, without a tag. What stands already is left alone. */
    public void push(Registry registry, Repository target, Consumer<String> log)
            throws IOException, InterruptedException {
        String place = target + "@" + digest();
        if (registry.head(target, digest()).isPresent()) {
            log.accept(plan.platform() + " stood as " + place + " already.");
            return;
        }
        BaseLayers bases = BaseLayers.of(plan, registry, target);
        for (ImageManifest manifest : manifests()) {
            for (Descriptor blob : manifest.children()) {
                if (!MediaTypes.isForeign(blob.mediaType()) && !bases.mount(blob)) {
                    registry.push(target, store.blob(blob));
                }
            }
            registry.put(target, manifest.digest(), manifest);
        }
        if (root instanceof ImageIndex) {
            registry.put(target, root.digest(), root);
        }
        log.accept("Pushed " + plan.platform() + " as " + place + ".");
    }

    private List<ImageManifest> manifests() throws IOException {
        List<ImageManifest> all = new ArrayList<>();
        all.add((ImageManifest) store.manifest(image));
        for (Descriptor attestation : attestations) {
            all.add((ImageManifest) store.manifest(attestation));
        }
        return all;
    }

    /** What the {@link #digest} is of: the image's manifest, or the index of the image and its attestations. */
    public Manifest root() {
        return root;
    }

    /** Writes it as an OCI archive, whose bytes are the same for the same image. */
    public void writeArchive(Path file) throws IOException, InterruptedException {
        try (OciLayoutWriter writer = OciLayoutWriter.archive(file)) {
            write(writer);
            if (root instanceof ImageIndex) {
                writer.manifest(root);
                writer.image(root.descriptor(), "");
            } else {
                writer.image(image, "");
            }
            writer.finish();
        }
    }

    /** Writes the image and its attestations into a layout, which does not list them by that. */
    public void write(OciLayoutWriter writer) throws IOException, InterruptedException {
        for (ImageManifest manifest : manifests()) {
            for (Descriptor blob : manifest.children()) {
                write(blob, writer);
            }
            writer.manifest(manifest);
        }
    }

    /**
     * Writes the files of the image into a folder.
     *
     * @param folder to be made
     * @param temporary a folder for what has to be unpacked
     * @return the paths of the files, below the folder
     */
    public List<String> writeFiles(Path folder, Path temporary) throws IOException, InterruptedException {
        List<Blob> layers = new ArrayList<>();
        for (Descriptor layer : ((ImageManifest) store.manifest(image)).layers()) {
            layers.add(store.blob(layer));
        }
        return ImageFiles.of(layers, temporary).write(folder);
    }

    private void write(Descriptor blob, OciLayoutWriter writer) throws IOException, InterruptedException {
        if (MediaTypes.isForeign(blob.mediaType()) || writer.has(blob.digest())) {
            return;
        }
        try (InputStream content = store.blob(blob).open()) {
            writer.blob(blob, content);
        }
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
