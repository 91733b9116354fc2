package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.ImageConfig;
import java.io.IOException;
import java.util.List;

/** An image that a stage begins with or that is copied from: its configuration, its layers and, once asked for, its files. */
final class BaseImage {
    private final ImageConfig config;
    private final List<BuiltLayer> layers;
    private final List<Archive> archives;
    private FileTree tree;

    BaseImage(ImageConfig config, List<BuiltLayer> layers, List<Archive> archives) {
        this.config = config;
        this.layers = List.copyOf(layers);
        this.archives = List.copyOf(archives);
    }

    ImageConfig config() {
        return config;
    }

    List<BuiltLayer> layers() {
        return layers;
    }

    /** The files as its layers make them, lowest first; every layer is read once. */
    synchronized FileTree tree() throws IOException, InterruptedException {
        if (tree == null) {
            FileTree made = FileTree.empty();
            for (Archive layer : archives) {
                new Extraction(layer, made).run();
            }
            tree = made;
        }
        return tree;
    }
}
