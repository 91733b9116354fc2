package io.jenkins.plugins.multiarch.registry.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fills a registry without asking it: small images that are the same in every run. */
final class Contents {
    private static final int TAR_BLOCK = 512;

    private final Storage storage;

    Contents(Storage storage) {
        this.storage = storage;
    }

    Manifest addImage(String repository, String tag, String... platforms) {
        List<Descriptor> images = new ArrayList<>();
        for (String platform : platforms) {
            ImageManifest image = addImageManifest(repository, tag, platform);
            images.add(image.descriptor().withPlatform(Platform.parse(platform)));
        }
        if (images.size() > 1) {
            return addIndex(repository, tag, images);
        }
        StoredRepository stored = storage.create(repository);
        Digest digest = images.get(0).digest();
        stored.tag(tag, digest);
        return Manifest.parse(stored.manifest(digest).orElseThrow().bytes(), MediaTypes.OCI_MANIFEST);
    }

    ImageManifest addImageManifest(String repository, String content, String platform) {
        Platform parsed = Platform.parse(platform);
        byte[] layer = layer(content + " for " + parsed + "\n");
        ObjectNode config = Json.object()
                .put("created", "2026-01-01T00:00:00Z")
                .put("architecture", parsed.arch())
                .put("os", parsed.os());
        if (!parsed.variant().isEmpty()) {
            config.put("variant", parsed.variant());
        }
        config.putObject("config").putArray("Cmd").add("/content");
        config.putObject("rootfs")
                .put("type", "layers")
                .putArray("diff_ids")
                .add(Digest.sha256(layer).toString());
        config.putArray("history").addObject().put("created_by", "COPY content /content");
        return addManifest(
                repository,
                ImageManifest.of(
                        addBlob(repository, MediaTypes.OCI_CONFIG, Json.write(config)),
                        List.of(addBlob(repository, MediaTypes.OCI_LAYER, layer)),
                        Map.of()));
    }

    /** A tar archive of the one file {@code content}. */
    private static byte[] layer(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        int padded = (content.length + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;
        byte[] tar = new byte[TAR_BLOCK + padded + 2 * TAR_BLOCK];
        put(tar, 0, "content");
        put(tar, 100, "0000755\0" + "0000000\0" + "0000000\0");
        put(tar, 124, String.format("%011o\0", content.length) + "00000000000\0" + "        " + "0");
        put(tar, 257, "ustar\0" + "00");
        int sum = 0;
        for (int i = 0; i < TAR_BLOCK; i++) {
            sum += tar[i];
        }
        put(tar, 148, String.format("%06o\0 ", sum));
        System.arraycopy(content, 0, tar, TAR_BLOCK, content.length);
        return tar;
    }

    private static void put(byte[] tar, int at, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, tar, at, ascii.length);
    }

    ImageIndex addIndex(String repository, String tag, List<Descriptor> manifests) {
        ImageIndex index = addManifest(repository, ImageIndex.of(manifests, Map.of()));
        storage.create(repository).tag(tag, index.digest());
        return index;
    }

    ImageManifest addReferrer(String repository, Manifest subject, String artifactType, String content) {
        storage.create(repository)
                .blobs()
                .put(EmptyBlob.DESCRIPTOR.digest(), new StoredBlob.InMemory(EmptyBlob.bytes()));
        Descriptor layer = addBlob(repository, artifactType, content.getBytes(StandardCharsets.UTF_8));
        return addManifest(
                repository,
                ImageManifest.artifact(artifactType, List.of(layer), Optional.of(subject.descriptor()), Map.of()));
    }

    <M extends Manifest> M addManifest(String repository, M manifest) {
        storage.create(repository).add(StoredManifest.of(manifest.digest(), manifest.mediaType(), manifest.bytes()));
        return manifest;
    }

    Digest addManifest(String repository, String tag, String mediaType, byte[] bytes) {
        Digest digest = Digest.sha256(bytes);
        StoredRepository stored = storage.create(repository);
        stored.add(StoredManifest.unchecked(digest, mediaType, bytes));
        stored.tag(tag, digest);
        return digest;
    }

    Descriptor addBlob(String repository, String mediaType, byte[] content) {
        Descriptor descriptor = Descriptor.of(mediaType, content);
        storage.create(repository).blobs().put(descriptor.digest(), new StoredBlob.InMemory(content.clone()));
        return descriptor;
    }
}
