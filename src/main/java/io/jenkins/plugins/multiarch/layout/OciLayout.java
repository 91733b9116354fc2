package io.jenkins.plugins.multiarch.layout;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An OCI image layout, as a folder or as a tar archive of one (OCI image-spec 1.1, "Image Layout"). */
public final class OciLayout implements ImageStore {
    static final String MARKER = "oci-layout";
    static final String INDEX = "index.json";
    static final String VERSION = "1.0.0";
    private static final int MAX_MARKER = 1 << 12;
    private static final String CURE =
            "Give the folder or the .tar file of an OCI image layout, as 'skopeo copy … oci:' and 'docker buildx build"
                    + " --output type=oci' write it.";

    private final StoredFiles files;
    private final List<Descriptor> images;

    private OciLayout(StoredFiles files, List<Descriptor> images) {
        this.files = files;
        this.images = images;
    }

    /**
     * Opens a folder or a tar archive.
     *
     * @throws ReleaseException if there is no image layout
     */
    public static OciLayout open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw refused(path, "there is no such file or folder");
        }
        StoredFiles files = Files.isDirectory(path) ? new FolderFiles(path) : ArchivedFiles.open(path);
        try {
            refuseUnlessMarked(files);
            return new OciLayout(files, index(files));
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private static void refuseUnlessMarked(StoredFiles files) throws IOException {
        if (!files.has(MARKER)) {
            throw refused(files.path(), "it has no file '" + MARKER + "'");
        }
        String version = Json.read(read(files, MARKER, MAX_MARKER), "The file '" + MARKER + "' in " + files.path())
                .path("imageLayoutVersion")
                .asText("");
        if (!version.startsWith("1.")) {
            throw refused(files.path(), "it has the version '" + Shown.of(version) + "', we know " + VERSION);
        }
    }

    private static List<Descriptor> index(StoredFiles files) throws IOException {
        if (!files.has(INDEX)) {
            throw refused(files.path(), "it has no file '" + INDEX + "'");
        }
        Manifest index = Manifest.parse(read(files, INDEX, MAX_DOCUMENT), MediaTypes.OCI_INDEX);
        if (index instanceof ImageIndex list) {
            return list.manifests();
        }
        throw refused(files.path(), "its '" + INDEX + "' is not an image index");
    }

    private static byte[] read(StoredFiles files, String name, int limit) throws IOException {
        if (files.size(name) > limit) {
            throw refused(files.path(), "its '" + name + "' has more than " + limit + " bytes");
        }
        try (InputStream in = files.open(name)) {
            return in.readNBytes(limit);
        }
    }

    private static ReleaseException refused(Path path, String reason) {
        return new ReleaseException(path + " is not an OCI image layout: " + reason + ".", CURE);
    }

    static String blobName(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }

    @Override
    public List<Descriptor> images() {
        return images;
    }

    @Override
    public Manifest manifest(Descriptor descriptor) throws IOException {
        return Manifest.parse(read(descriptor), descriptor.mediaType(), descriptor.digest());
    }

    @Override
    public InputStream open(Descriptor blob) throws IOException {
        String name = blobName(blob.digest());
        if (!files.has(name)) {
            throw new ReleaseException(
                    blob.digest() + " is missing in " + this + ".",
                    "Write the image layout again, whole; something in it was left out or deleted.");
        }
        return new CheckedContent(files.open(name), blob, toString());
    }

    @Override
    public boolean has(Digest digest) {
        return files.has(blobName(digest));
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    @Override
    public String toString() {
        return files.path().toString();
    }
}
