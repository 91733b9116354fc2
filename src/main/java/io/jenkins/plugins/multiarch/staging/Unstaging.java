package io.jenkins.plugins.multiarch.staging;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.layout.DockerArchiveWriter;
import io.jenkins.plugins.multiarch.layout.OciLayoutWriter;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.ImageCopy;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A staged image, given out again in the form that is asked for ({@code unstageImage}). Everything is read against its
 * digest, so what comes out is what was staged or nothing.
 */
public final class Unstaging implements Closeable {
    private final StageRecord record;
    private final StagedStore store;
    private final Consumer<String> log;

    private Unstaging(StageRecord record, StagedStore store, Consumer<String> log) {
        this.record = record;
        this.store = store;
        this.log = log;
    }

    /**
     * Opens the archives that lie in a folder.
     *
     * @param log gets one line for each outward effect
     * @throws ReleaseException if one holds another image than the record says
     */
    public static Unstaging open(StageRecord record, Path folder, Consumer<String> log) throws IOException {
        return new Unstaging(record, StagedStore.open(record, folder), log);
    }

    /**
     * Opens what {@link Staging} wrote into a folder, after a look at every byte of it.
     *
     * @throws ReleaseException if there is none, or an archive was changed
     */
    public static Unstaging open(Path folder, Consumer<String> log) throws IOException {
        if (!Files.exists(folder.resolve(StageRecord.RECORD))) {
            throw new ReleaseException(
                    folder + " holds no staged image: it has no file '" + StageRecord.RECORD + "'.",
                    "Give the folder that an image was staged into.");
        }
        StageRecord record = StageRecord.read(file -> document(folder.resolve(file)), "in " + folder);
        for (StagedPlatform platform : record.platforms()) {
            Path archive = folder.resolve(platform.archive());
            if (!Files.exists(archive)) {
                throw new ReleaseException(
                        archive + " is missing; it belongs to " + record.describe(Instant.now()) + ".",
                        "Stage the image again, or bring the file back.");
            }
            try (InputStream in = platform.checked(Files.newInputStream(archive), record.describe(Instant.now()))) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
        return open(record, folder, log);
    }

    private static byte[] document(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(StageRecord.MAX_DOCUMENT + 1);
        }
    }

    public StageRecord record() {
        return record;
    }

    /** Writes all platforms as one OCI archive, or into a folder that is an image layout; its name there is the staged one. */
    public void write(Path target, boolean archive) throws IOException {
        try (OciLayoutWriter layout = archive ? OciLayoutWriter.archive(target) : OciLayoutWriter.folder(target)) {
            for (Manifest manifest : manifests()) {
                for (Descriptor blob : blobs(manifest)) {
                    try (InputStream content = store.open(blob)) {
                        layout.blob(blob, content);
                    }
                }
                layout.manifest(manifest);
            }
            layout.image(record.root(), record.name());
            layout.finish();
        }
        log.accept("Wrote " + record.digest() + " for " + platforms() + " to " + (archive ? "oci-archive:" : "oci:")
                + target.getFileName() + ".");
    }

    /**
     * Pushes the very bytes by their digests, and tags last. What stands already is left alone.
     *
     * @return its repository and digest
     */
    public ImageRef push(Registry registry, Repository target, List<Tag> tags)
            throws IOException, InterruptedException {
        Manifest root = store.manifest(record.root());
        if (registry.head(target, root.digest()).isPresent()) {
            log.accept("The image stood as " + target + "@" + root.digest() + " already.");
        } else {
            for (Manifest manifest : manifests()) {
                push(registry, target, manifest);
            }
            log.accept("Pushed " + platforms() + " as " + target + "@" + root.digest() + ".");
        }
        for (Tag tag : tags) {
            new ImageCopy(registry, log).tag(target, tag, root);
            log.accept("Tagged " + target + ":" + tag + " as " + root.digest() + ".");
        }
        return ImageRef.of(target, root.digest());
    }

    private void push(Registry registry, Repository target, Manifest manifest)
            throws IOException, InterruptedException {
        for (Descriptor blob : blobs(manifest)) {
            registry.push(target, Blob.of(blob, () -> store.open(blob)));
        }
        registry.put(target, manifest.digest(), manifest);
    }

    /**
     * Writes the image of one platform as an archive for {@code docker load}.
     *
     * @param name what the image shall be called there
     * @return the image's ID, which is the digest of its configuration
     */
    public Digest writeForDocker(Platform platform, String name, Path file) throws IOException {
        Descriptor image = record.platform(platform).image();
        ImageManifest manifest = (ImageManifest) store.manifest(image);
        DockerArchiveWriter.write(store, manifest, name, file);
        log.accept("Converted " + image.digest() + " for " + platform
                + " to a docker-archive, which daemons without the containerd image store load too.");
        return manifest.config().digest();
    }

    private String platforms() {
        return Platform.list(
                record.platforms().stream().map(StagedPlatform::platform).toList());
    }

    /** All manifests, parts before what lists them. */
    private List<Manifest> manifests() throws IOException {
        List<Manifest> all = new ArrayList<>();
        collect(store.manifest(record.root()), all, 0);
        return all;
    }

    private void collect(Manifest manifest, List<Manifest> all, int depth) throws IOException {
        if (depth > PlatformImages.MAX_DEPTH + 1) {
            throw new ReleaseException(
                    store + " has more than " + PlatformImages.MAX_DEPTH + " indexes inside each other.",
                    "Give the digests of its images instead.");
        }
        if (manifest instanceof ImageIndex index) {
            for (Descriptor child : index.manifests()) {
                collect(store.manifest(child), all, depth + 1);
            }
        }
        all.add(manifest);
    }

    /** Layers that stay at an address of their own are not ours to hand on. */
    private static List<Descriptor> blobs(Manifest manifest) {
        List<Descriptor> children = manifest instanceof ImageManifest ? manifest.children() : List.of();
        return children.stream()
                .filter(blob -> !MediaTypes.isForeign(blob.mediaType()))
                .toList();
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
