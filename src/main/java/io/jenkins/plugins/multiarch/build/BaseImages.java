package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.layout.OciLayout;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the images that a build begins with, in registries and OCI image layouts; each one once in a build. */
final class BaseImages implements Closeable {
    private static final int MAX_CONFIG = 8 << 20;

    private final Registry registry;
    private final Path temporary;
    private final Map<String, BaseImage> found = new HashMap<>();
    private final Map<String, Manifest> roots = new HashMap<>();
    private final Map<Path, OciLayout> layouts = new HashMap<>();

    BaseImages(Registry registry, Path temporary) {
        this.registry = registry;
        this.temporary = temporary;
    }

    /** Where an image lies. */
    private interface Store {
        Manifest manifest(Descriptor descriptor) throws IOException, InterruptedException;

        InputStream open(Descriptor blob) throws IOException, InterruptedException;

        Optional<Repository> repository();
    }

    /** An image of a registry for a platform. A tag is looked up once, so that all platforms are of the same index. */
    BaseImage ofRegistry(ImageRef image, Platform platform) throws IOException, InterruptedException {
        Manifest root = roots.get(image.toString());
        if (root == null) {
            root = registry.get(image);
            roots.put(image.toString(), root);
        }
        Repository repository = image.repository();
        return image(image.toString(), root, platform, new Store() {
            @Override
            public Manifest manifest(Descriptor descriptor) throws InterruptedException {
                return registry.get(ImageRef.of(repository, descriptor.digest()));
            }

            @Override
            public InputStream open(Descriptor blob) throws InterruptedException {
                return registry.open(repository, blob);
            }

            @Override
            public Optional<Repository> repository() {
                return Optional.of(repository);
            }
        });
    }

    /** An image of a layout for a platform. */
    BaseImage ofLayout(BuildContext.LayoutImage image, Platform platform) throws IOException, InterruptedException {
        OciLayout layout = layouts.get(image.path());
        if (layout == null) {
            layout = OciLayout.open(image.path());
            layouts.put(image.path(), layout);
        }
        OciLayout opened = layout;
        Manifest root = opened.manifest(opened.image(image.name()));
        return image(opened + ":" + image.name(), root, platform, new Store() {
            @Override
            public Manifest manifest(Descriptor descriptor) throws IOException {
                return opened.manifest(descriptor);
            }

            @Override
            public InputStream open(Descriptor blob) throws IOException {
                return opened.open(blob);
            }

            @Override
            public Optional<Repository> repository() {
                return Optional.empty();
            }
        });
    }

    private BaseImage image(String name, Manifest root, Platform platform, Store store)
            throws IOException, InterruptedException {
        String key = name + " " + platform;
        BaseImage known = found.get(key);
        if (known == null) {
            known = read(name, root, platform, store);
            found.put(key, known);
        }
        return known;
    }

    private BaseImage read(String name, Manifest root, Platform platform, Store store)
            throws IOException, InterruptedException {
        ImageManifest manifest = chosen(name, root, platform, store);
        ImageConfig config = config(name, manifest.config(), store);
        if (!config.platform().satisfies(platform)) {
            throw wrongPlatform(name, platform, config.platform().toString());
        }
        if (config.diffIds().size() != manifest.layers().size()) {
            throw new ReleaseException(
                    name + " has " + manifest.layers().size() + " layers, but its configuration names "
                            + config.diffIds().size() + ".",
                    "Do not use that image; it was put together wrongly or changed.");
        }
        List<BuiltLayer> layers = new ArrayList<>();
        List<Archive> archives = new ArrayList<>();
        for (int i = 0; i < config.diffIds().size(); i++) {
            Descriptor layer = manifest.layers().get(i);
            Digest diffId = config.diffIds().get(i);
            Blob.Source content = () -> store.open(layer);
            layers.add(new BuiltLayer(OciTypes.layer(layer), diffId, content, store.repository()));
            archives.add(new Archive(
                    "The layer " + layer.digest() + " of " + name, content, Optional.of(diffId), temporary));
        }
        return new BaseImage(config, layers, archives);
    }

    private static ImageManifest chosen(String name, Manifest root, Platform platform, Store store)
            throws IOException, InterruptedException {
        if (!(root instanceof ImageIndex index)) {
            return (ImageManifest) root;
        }
        Descriptor child = index.image(platform)
                .orElseThrow(() -> wrongPlatform(name, platform, Platform.list(index.platforms())));
        if (store.manifest(child) instanceof ImageManifest image) {
            return image;
        }
        throw new ReleaseException(
                name + " leads to an index inside an index.", "Give the digest of the inner one in FROM.");
    }

    private static ReleaseException wrongPlatform(String name, Platform platform, String there) {
        return new ReleaseException(
                name + " is not there for " + platform + ", only for " + there + ".",
                "Take another base image, or leave that platform out.");
    }

    private static ImageConfig config(String name, Descriptor config, Store store)
            throws IOException, InterruptedException {
        if (config.size() > MAX_CONFIG) {
            throw new ReleaseException(
                    "The configuration of " + name + " has " + config.size() + " bytes; we read at most " + MAX_CONFIG
                            + ".",
                    "Take another base image.");
        }
        try (InputStream in = store.open(config)) {
            return ImageConfig.parse(in.readAllBytes());
        }
    }

    @Override
    public void close() throws IOException {
        for (OciLayout layout : layouts.values()) {
            layout.close();
        }
    }
}
