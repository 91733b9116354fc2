package io.jenkins.plugins.multiarch.layout;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.KnownNames;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The archive of {@code docker save}, with {@code manifest.json} and layers at {@code ID/layer.tar}, or since Docker 25 at
 * {@code blobs/sha256/…}. The file may be the archive or, unpacked, a folder.
 *
 * <p>Such an archive has lost the manifest that the image had in its registry. The manifests here are written anew, of OCI
 * type, over the configuration and the layers as they lie in the archive; the configuration's digest is the image ID.
 */
public final class DockerArchive implements ImageStore {
    static final String LIST = "manifest.json";
    private static final Pattern BLOB = Pattern.compile("blobs/(sha256|sha512)/([0-9a-f]+)");

    /** The most layers of one image; Docker itself stops at 127. */
    private static final int MAX_LAYERS = 1000;

    private static final String CURE = "Give the file that 'docker save' or 'skopeo copy … docker-archive:' wrote.";

    private final StoredFiles files;
    private final Map<Digest, ImageManifest> manifests = new LinkedHashMap<>();
    private final Map<Digest, String> blobs = new HashMap<>();
    private final List<Descriptor> images = new ArrayList<>();

    private DockerArchive(StoredFiles files) {
        this.files = files;
    }

    /**
     * Opens an archive.
     *
     * @throws ReleaseException if it is none, or its layers are not those its configuration names
     */
    public static DockerArchive open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new ReleaseException(path + " is not a docker archive: there is no such file.", CURE);
        }
        DockerArchive archive =
                new DockerArchive(Files.isDirectory(path) ? new FolderFiles(path) : ArchivedFiles.open(path));
        try {
            archive.index();
            return archive;
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    private void index() throws IOException {
        String list = new String(document(LIST), StandardCharsets.UTF_8);
        byte[] wrapped = ("{\"images\":" + list + "}").getBytes(StandardCharsets.UTF_8);
        JsonNode all = Json.read(wrapped, LIST + " in " + this, KnownNames.SAVED_IMAGES)
                .path("images");
        for (JsonNode image : all) {
            index(image);
        }
        if (images.isEmpty()) {
            throw refused("its '" + LIST + "' names no image");
        }
    }

    private void index(JsonNode image) throws IOException {
        byte[] bytes = document(image.path("Config").asText(""));
        ImageConfig config = ImageConfig.parse(bytes);
        Descriptor configuration = Descriptor.of(MediaTypes.OCI_CONFIG, bytes);
        blobs.put(configuration.digest(), image.path("Config").asText());
        ImageManifest manifest = ImageManifest.of(configuration, layers(image.path("Layers"), config), Map.of());
        manifests.put(manifest.digest(), manifest);
        Descriptor descriptor = manifest.descriptor().withPlatform(config.platform());
        if (image.path("RepoTags").isEmpty()) {
            images.add(descriptor);
        }
        image.path("RepoTags").forEach(tag -> images.add(descriptor.withAnnotations(Map.of(NAME, tag.asText()))));
    }

    private List<Descriptor> layers(JsonNode names, ImageConfig config) throws IOException {
        List<Digest> diffIds = config.diffIds();
        if (names.size() != diffIds.size() || names.size() > MAX_LAYERS) {
            throw refused("an image has " + names.size() + " layers and its configuration names " + diffIds.size());
        }
        List<Descriptor> layers = new ArrayList<>();
        for (int i = 0; i < diffIds.size(); i++) {
            layers.add(layer(names.get(i).asText(), diffIds.get(i)));
        }
        return layers;
    }

    /** A layer is uncompressed and has the digest that the configuration names, except in archives of containerd. */
    private Descriptor layer(String name, Digest diffId) throws IOException {
        refuseUnlessThere(name);
        boolean plain;
        try (InputStream in = files.open(name)) {
            plain = Compression.of(in.readNBytes(6)) == Compression.NONE;
        }
        Digest digest = plain ? diffId : compressedDigest(name);
        blobs.put(digest, name);
        return Descriptor.of(plain ? MediaTypes.OCI_LAYER : compressedType(name), digest, files.size(name));
    }

    private String compressedType(String name) throws IOException {
        try (InputStream in = files.open(name)) {
            return Compression.of(in.readNBytes(6)) == Compression.ZSTD
                    ? MediaTypes.OCI_LAYER_ZSTD
                    : MediaTypes.OCI_LAYER_GZIP;
        }
    }

    private Digest compressedDigest(String name) throws IOException {
        Matcher blob = BLOB.matcher(name);
        if (blob.matches()) {
            return new Digest(blob.group(1), blob.group(2));
        }
        MessageDigest hasher = Digest.hasher("sha256");
        try (InputStream in = new DigestInputStream(files.open(name), hasher)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return Digest.finish("sha256", hasher.digest());
    }

    private byte[] document(String name) throws IOException {
        refuseUnlessThere(name);
        if (files.size(name) > MAX_DOCUMENT) {
            throw refused("its '" + Shown.of(name) + "' has more than " + MAX_DOCUMENT + " bytes");
        }
        try (InputStream in = files.open(name)) {
            return in.readNBytes(MAX_DOCUMENT);
        }
    }

    private void refuseUnlessThere(String name) {
        boolean leadsOut = name.startsWith("/") || List.of(name.split("/")).contains("..");
        if (name.isEmpty() || leadsOut || !files.has(name)) {
            throw refused("it has no file '" + Shown.of(name) + "'");
        }
    }

    private ReleaseException refused(String reason) {
        return new ReleaseException(this + " is not a docker archive: " + reason + ".", CURE);
    }

    /** Each image once for each of its names such as {@code acme/app:1.4}. */
    @Override
    public List<Descriptor> images() {
        return List.copyOf(images);
    }

    @Override
    public Manifest manifest(Descriptor descriptor) {
        ImageManifest manifest = manifests.get(descriptor.digest());
        if (manifest == null) {
            throw missing(descriptor);
        }
        return manifest;
    }

    @Override
    public InputStream open(Descriptor blob) throws IOException {
        ImageManifest manifest = manifests.get(blob.digest());
        if (manifest != null) {
            return new ByteArrayInputStream(manifest.bytes());
        }
        String name = blobs.get(blob.digest());
        if (name == null) {
            throw missing(blob);
        }
        return new CheckedContent(files.open(name), blob, toString());
    }

    private ReleaseException missing(Descriptor descriptor) {
        return new ReleaseException(descriptor.digest() + " is missing in " + this + ".", CURE);
    }

    @Override
    public boolean has(Digest digest) {
        return blobs.containsKey(digest) || manifests.containsKey(digest);
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
