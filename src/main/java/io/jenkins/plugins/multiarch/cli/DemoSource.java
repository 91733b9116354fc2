package io.jenkins.plugins.multiarch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The demo's Dockerfile and files, which travel inside this program. */
final class DemoSource {
    static final List<String> FILES = List.of(
            "Dockerfile",
            "README.md",
            "greetings/1.0.txt",
            "greetings/1.1.txt",
            "hello/hello-amd64",
            "hello/hello-arm64");

    private DemoSource() {}

    /** Writes them into a folder, over what is there. */
    static void unpack(Path folder) throws IOException {
        for (String name : FILES) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            try (InputStream content = open(name)) {
                Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream content = DemoSource.class.getResourceAsStream("demo/" + name);
        if (content == null) {
            throw new IOException("the program lacks its file demo/" + name);
        }
        return content;
    }
}
