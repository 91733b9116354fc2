package io.jenkins.plugins.multiarch.layout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a folder. */
record FolderFiles(Path path) implements StoredFiles {

    @Override
    public boolean has(String name) {
        return Files.isRegularFile(path.resolve(name));
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(path.resolve(name));
    }

    @Override
    public long size(String name) throws IOException {
        return Files.size(path.resolve(name));
    }

    @Override
    public void close() {
        // nothing stays open
    }
}
