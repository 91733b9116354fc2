package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An image that a stage begins with or that is copied from: its configuration, its layers and, once asked for, its files. */
final class BaseImage {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

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
                apply(layer, made);
            }
            tree = made;
        }
        return tree;
    }

    /** Whiteouts mean what lower layers have, wherever they stand in theirs (OCI image-spec 1.1, "Whiteouts"). */
    static void apply(Archive layer, FileTree tree) throws IOException, InterruptedException {
        Set<String> own = new HashSet<>();
        layer.read((entry, content) -> {
            String name = entry.name();
            int slash = name.lastIndexOf('/');
            String base = name.substring(slash + 1);
            String folder = slash < 0 ? "" : name.substring(0, slash);
            if (base.equals(OPAQUE)) {
                tree.empty(folder, own);
            } else if (base.startsWith(WHITEOUT)) {
                String hidden = (folder.isEmpty() ? "" : folder + "/") + base.substring(WHITEOUT.length());
                hide(hidden, tree, own);
            } else if (!name.isEmpty()) {
                own.add(name);
                tree.put(linked(entry, content, tree));
            }
        });
    }

    private static void hide(String path, FileTree tree, Set<String> own) {
        if (own.contains(path)) {
            tree.empty(path, own);
        } else {
            tree.remove(path);
        }
    }

    /** A hard link is the file that it names. */
    static FileNode linked(TarEntry entry, Content content, FileTree tree) {
        if (entry.type() != TarEntry.Type.HARDLINK) {
            return new FileNode(entry, content);
        }
        return tree.find(entry.target())
                .filter(other -> !other.isFolder())
                .map(other -> other.at(entry.name()))
                .orElse(new FileNode(TarEntry.file(entry.name(), entry.mode(), 0), Content.NONE));
    }
}
