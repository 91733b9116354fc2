package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.layout.TarEntry;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The file system of an image or of a stage, as its layers make it. */
final class FileTree implements SourceTree {
    private static final FileNode ROOT = new FileNode(TarEntry.directory("", 0755), Content.NONE);

    private final TreeMap<String, FileNode> nodes;

    private FileTree(TreeMap<String, FileNode> nodes) {
        this.nodes = nodes;
    }

    static FileTree empty() {
        return new FileTree(new TreeMap<>());
    }

    FileTree copy() {
        return new FileTree(new TreeMap<>(nodes));
    }

    @Override
    public Optional<FileNode> find(String path) {
        return Optional.ofNullable(path.isEmpty() ? ROOT : nodes.get(path));
    }

    @Override
    public List<String> children(String folder) {
        int start = folder.isEmpty() ? 0 : folder.length() + 1;
        return inside(folder).keySet().stream()
                .filter(path -> path.indexOf('/', start) < 0)
                .map(path -> path.substring(start))
                .toList();
    }

    /** All in a folder at any depth; '0' is the character behind '/'. */
    private SortedMap<String, FileNode> inside(String folder) {
        return folder.isEmpty() ? nodes : nodes.subMap(folder + "/", folder + "0");
    }

    /** All there is, folders before what is in them. */
    Collection<FileNode> all() {
        return Collections.unmodifiableCollection(nodes.values());
    }

    /** Puts it where its name says, in place of what is there; what is in a folder stays if it stays a folder. */
    void put(FileNode node) {
        FileNode old = nodes.put(node.entry().name(), node);
        if (old != null && old.isFolder() && !node.isFolder()) {
            inside(node.entry().name()).clear();
        }
    }

    /** Removes it and all in it. */
    void remove(String path) {
        nodes.remove(path);
        inside(path).clear();
    }

    /** Removes all in a folder, but for what came with the layer that says so. */
    void empty(String folder, java.util.Set<String> kept) {
        inside(folder).keySet().removeIf(path -> !kept.contains(path));
    }
}
