package io.jenkins.plugins.multiarch.controller;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The argument lists of all programs that run on this machine from beginning to end of the watch, as anybody may read them. */
final class ArgumentLists implements AutoCloseable {
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Thread watcher = new Thread(this::look, "argument lists");
    private volatile boolean closed;

    private ArgumentLists() {}

    static ArgumentLists watch() {
        ArgumentLists lists = new ArgumentLists();
        lists.watcher.start();
        return lists;
    }

    private void look() {
        while (!closed) {
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                for (Path process : processes) {
                    read(process.resolve("cmdline"));
                }
                Thread.sleep(20);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void read(Path arguments) {
        try {
            seen.add(Files.readString(arguments, StandardCharsets.ISO_8859_1).replace('\0', ' '));
        } catch (IOException ended) {
            // as processes do while one looks
        }
    }

    /** Each that was seen, its words with a blank between. */
    Set<String> all() {
        return seen;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        watcher.join();
    }
}
