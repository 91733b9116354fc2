package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.layout.TarEntry;

/** A file, folder, link or device of a file system, with what is in it. Its name is its whole path. */
record FileNode(TarEntry entry, Content content) {

    boolean isFolder() {
        return entry.isDirectory();
    }

    boolean isLink() {
        return entry.type() == TarEntry.Type.SYMLINK;
    }

    FileNode at(String path) {
        return new FileNode(entry.withName(path), content);
    }

    /** Whether another folder is like this one, but for its time. */
    boolean isSameFolder(FileNode other) {
        return isFolder()
                && other.entry
                        .withModified(entry.modified())
                        .withName(entry.name())
                        .equals(entry);
    }
}
