package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.build.GzipOutput;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.layout.DockerArchive;
import io.jenkins.plugins.multiarch.layout.ImageStore;
import io.jenkins.plugins.multiarch.layout.OciLayout;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that a builder left, and the layers and the manifest that were made anew of them. */
final class BuiltStore implements Closeable {
    private final ImageStore files;
    private final Path folder;
    private final Map<Digest, Blob> compressed = new HashMap<>();
    private final List<Path> temporary = new ArrayList<>();
    private final Map<Digest, ImageManifest> written = new HashMap<>();

    private BuiltStore(ImageStore files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    static BuiltStore open(Path folder) throws IOException {
        BuildFolder names = new BuildFolder(folder);
        for (String name : List.of(BuildFolder.LAYOUT, BuildFolder.ARCHIVE)) {
            if (Files.exists(names.file(name))) {
                return new BuiltStore(OciLayout.open(names.file(name)), folder);
            }
        }
        if (Files.exists(names.file(BuildFolder.SAVED))) {
            return new BuiltStore(DockerArchive.open(names.file(BuildFolder.SAVED)), folder);
        }
        throw new ReleaseException(
                "The build left no image in " + Shown.of(folder.toString()) + ".",
                "Look into its log; a build of one's own has to leave " + BuildFolder.ARCHIVE
                        + ", an OCI archive, there.");
    }

    Descriptor image() {
        return files.image("");
    }

    Manifest manifest(Descriptor descriptor) throws IOException {
        ImageManifest ours = written.get(descriptor.digest());
        return ours == null ? files.manifest(descriptor) : ours;
    }

    ImageConfig config(ImageManifest manifest) throws IOException {
        return files.config(manifest);
    }

    /** A blob as the builder wrote it. */
    InputStream blobContent(Descriptor blob) throws IOException {
        return files.open(blob);
    }

    Blob blob(Descriptor descriptor) {
        Blob ours = compressed.get(descriptor.digest());
        return ours == null ? Blob.of(descriptor, () -> files.open(descriptor)) : ours;
    }

    /**
     * The manifest as it shall be pushed: the builder's, unless layers have to be compressed or annotations are missing.
     *
     * @param attested whether attestations name its digest, so that it has to stay
     */
    ImageManifest finished(ImageManifest manifest, Map<String, String> annotations, boolean attested)
            throws IOException, InterruptedException {
        boolean annotated = manifest.annotations().entrySet().containsAll(annotations.entrySet());
        boolean plain = manifest.layers().stream().anyMatch(BuiltStore::isPlain);
        if (annotated && !plain) {
            return manifest;
        }
        if (attested) {
            throw new ReleaseException(
                    "The image has attestations, and its builder "
                            + (annotated ? "did not compress its layers." : "could not put annotations on it."),
                    "Build it without attestations, or by buildx 0.12 or later.");
        }
        List<Descriptor> layers = new ArrayList<>();
        for (Descriptor layer : manifest.layers()) {
            layers.add(isPlain(layer) ? compress(layer) : layer);
        }
        Map<String, String> all = new LinkedHashMap<>(manifest.annotations());
        all.putAll(annotations);
        ImageManifest ours = ImageManifest.of(manifest.config(), layers, all);
        written.put(ours.digest(), ours);
        return ours;
    }

    private static boolean isPlain(Descriptor layer) {
        return layer.mediaType().equals(MediaTypes.OCI_LAYER);
    }

    private Descriptor compress(Descriptor layer) throws IOException, InterruptedException {
        Path file = Files.createTempFile(folder, "layer", ".tar.gz");
        temporary.add(file);
        MessageDigest hasher = Digest.hasher("sha256");
        try (InputStream content = files.open(layer);
                OutputStream hashed = new DigestOutputStream(Files.newOutputStream(file), hasher);
                OutputStream out = new GzipOutput(hashed)) {
            content.transferTo(out);
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(e);
        }
        Descriptor descriptor =
                Descriptor.of(MediaTypes.OCI_LAYER_GZIP, Digest.finish("sha256", hasher.digest()), Files.size(file));
        compressed.put(descriptor.digest(), Blob.of(descriptor, file));
        return descriptor;
    }

    @Override
    public void close() throws IOException {
        files.close();
        for (Path file : temporary) {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public String toString() {
        return files.toString();
    }
}
