package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.layout.TarEntry;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one instruction changes in the file system of its stage: the layer to be, not yet written. Equal plans make equal
 * layers, which are written once.
 */
final class LayerPlan {
    private final FileTree tree;
    private final Instant time;
    private final TreeMap<String, FileNode> changes = new TreeMap<>();

    /**
     * @param tree what is there before, and is changed with the plan
     * @param time of what is made without a source
     */
    LayerPlan(FileTree tree, Instant time) {
        this.tree = tree;
        this.time = time;
    }

    FileTree tree() {
        return tree;
    }

    /** A plan on nothing, as COPY --link wants it. */
    LayerPlan alone() {
        return new LayerPlan(FileTree.empty(), time);
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** All that is changed, folders before what is in them. */
    Collection<FileNode> changes() {
        return changes.values();
    }

    void put(FileNode node) {
        Optional<FileNode> old = tree.find(node.entry().name());
        if (old.filter(node::isSameFolder).isPresent()) {
            return;
        }
        if (old.isPresent() && old.get().isFolder() && !node.isFolder()) {
            remove(node.entry().name());
        }
        tree.put(node);
        changes.put(node.entry().name(), node);
    }

    private void remove(String path) {
        tree.remove(path);
        changes.remove(path);
        changes.subMap(path + "/", path + "0").clear();
    }

    /** What keeps a folder from being made: the part of its path that is there and is none. */
    Optional<String> obstacle(String path) {
        String existing = path;
        while (!existing.isEmpty() && tree.find(existing).isEmpty()) {
            existing = existing.substring(0, Math.max(0, existing.lastIndexOf('/')));
        }
        boolean folder = tree.find(existing).filter(FileNode::isFolder).isPresent();
        return folder ? Optional.empty() : Optional.of(existing);
    }

    /** Makes a folder and those above it where they are not there, of mode 0755. */
    void putFolders(String path, Owner owner) {
        int slash = path.lastIndexOf('/');
        if (path.isEmpty() || tree.find(path).isPresent()) {
            return;
        }
        putFolders(slash < 0 ? "" : path.substring(0, slash), owner);
        TarEntry folder = TarEntry.directory(path, 0755).withModified(time).withOwner(owner.uid(), owner.gid());
        put(new FileNode(folder, Content.NONE));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LayerPlan plan && changes.equals(plan.changes);
    }

    @Override
    public int hashCode() {
        return changes.keySet().hashCode();
    }
}
