package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Platform;
import java.util.List;

/** An image of one platform that was built, and stands nowhere yet. */
public final class BuiltImage {
    private final Platform platform;
    private final ImageManifest manifest;
    private final ImageConfig config;
    private final List<BuiltLayer> layers;

    BuiltImage(Platform platform, ImageManifest manifest, ImageConfig config, List<BuiltLayer> layers) {
        this.platform = platform;
        this.manifest = manifest;
        this.config = config;
        this.layers = List.copyOf(layers);
    }

    public Platform platform() {
        return platform;
    }

    public ImageManifest manifest() {
        return manifest;
    }

    public ImageConfig config() {
        return config;
    }

    public Digest digest() {
        return manifest.digest();
    }

    List<BuiltLayer> layers() {
        return layers;
    }

    @Override
    public String toString() {
        return platform + " " + digest();
    }
}
