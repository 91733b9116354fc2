package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Puts the files of a layer over those of the layers below, as containerd does: folders that the layer does not name are
 * made, symbolic links on the way to a name are followed, and whiteouts mean what lower layers have, wherever they stand
 * in theirs (OCI image-spec 1.1, "Image Layer Filesystem Changeset").
 */
final class Extraction {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    private final Archive layer;
    private final FileTree tree;

    /** What is there because of this layer, with the folders above it. */
    private final Set<String> own = new HashSet<>();

    /** @param tree what is there before, and is changed */
    Extraction(Archive layer, FileTree tree) {
        this.layer = layer;
        this.tree = tree;
    }

    void run() throws IOException, InterruptedException {
        layer.read(this::take);
    }

    private void take(TarEntry entry, Content content) throws IOException, InterruptedException {
        if (entry.name().isEmpty()) {
            return;
        }
        String folder = tree.resolve(parent(entry.name()));
        String base = entry.name().substring(entry.name().lastIndexOf('/') + 1);
        if (base.equals(OPAQUE)) {
            tree.empty(folder, own);
        } else if (base.startsWith(WHITEOUT)) {
            hide(joined(folder, base.substring(WHITEOUT.length())));
        } else {
            String path = joined(folder, base);
            makeFolders(folder, path);
            tree.put(node(entry, content).at(path));
            keep(path);
        }
    }

    private void hide(String path) {
        if (own.contains(path)) {
            tree.empty(path, own);
        } else {
            tree.remove(path);
        }
    }

    private void makeFolders(String folder, String path) {
        if (folder.isEmpty()) {
            return;
        }
        if (tree.find(folder).isEmpty()) {
            makeFolders(parent(folder), path);
            tree.put(new FileNode(TarEntry.directory(folder, 0755), Content.NONE));
        } else if (tree.find(folder).filter(FileNode::isFolder).isEmpty()) {
            throw refused("'" + Shown.of(path) + "' where '" + Shown.of(folder) + "' is no folder");
        }
    }

    private void keep(String path) {
        for (String kept = path; !kept.isEmpty() && own.add(kept); kept = parent(kept)) {
            // the folders above are kept as well
        }
    }

    /** A hard link is the file that it names. */
    private FileNode node(TarEntry entry, Content content) throws IOException, InterruptedException {
        if (entry.type() != TarEntry.Type.HARDLINK) {
            return new FileNode(entry, content);
        }
        String base = entry.target().substring(entry.target().lastIndexOf('/') + 1);
        return tree.find(joined(tree.resolve(parent(entry.target())), base))
                .filter(other -> !other.isFolder())
                .orElseThrow(() -> refused("'" + Shown.of(entry.name()) + "' as a link to the file '"
                        + Shown.of(entry.target()) + "', which is not there"));
    }

    private ReleaseException refused(String fact) {
        return new ReleaseException(
                layer.what() + " has " + fact + ".", "Do not use that image; it was put together wrongly or changed.");
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static String joined(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }
}
