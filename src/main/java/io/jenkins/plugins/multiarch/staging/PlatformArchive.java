package io.jenkins.plugins.multiarch.staging;

import io.jenkins.plugins.multiarch.gate.ImageSource;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.layout.OciLayoutWriter;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/**
 * Writes the image of one platform as an OCI archive with nothing else that a reader would find. Attestations and the
 * indexes above it lie in it unlisted, for when the image is joined again.
 */
record PlatformArchive(ImageSource source) {

    /** Writes the archive into a folder; the same image gives the same bytes. */
    StagedPlatform write(PlatformImage image, Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve(StagedPlatform.archive(image.platform()));
        try (OciLayoutWriter layout = OciLayoutWriter.archive(file)) {
            put(image.image(), layout);
            for (Descriptor attestation : image.attestations()) {
                put(source.manifest(attestation), layout);
            }
            for (ImageIndex index : image.indexes()) {
                layout.manifest(index);
            }
            layout.image(image.listed().withPlatform(image.platform()), "");
            layout.finish();
        }
        return new StagedPlatform(image.platform(), image.listed(), image.attestations(), describe(file));
    }

    private void put(Manifest manifest, OciLayoutWriter layout) throws IOException, InterruptedException {
        if (manifest instanceof ImageManifest image) {
            put(image.config(), layout);
            for (Descriptor layer : image.layers()) {
                put(layer, layout);
            }
        }
        layout.manifest(manifest);
    }

    /** Layers that stay at an address of their own are in no archive. */
    private void put(Descriptor blob, OciLayoutWriter layout) throws IOException, InterruptedException {
        if (layout.has(blob.digest()) || MediaTypes.isForeign(blob.mediaType())) {
            return;
        }
        try (InputStream content = source.open(blob)) {
            layout.blob(blob, content);
        } catch (InterruptedIOException e) {
            throw Registry.interrupted(e);
        }
    }

    private static Descriptor describe(Path file) throws IOException {
        MessageDigest hasher = Digest.hasher("sha256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), hasher)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Descriptor.of("application/x-tar", Digest.finish("sha256", hasher.digest()), Files.size(file));
    }
}
