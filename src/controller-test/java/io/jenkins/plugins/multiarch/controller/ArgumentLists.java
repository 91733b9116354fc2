package io.jenkins.plugins.multiarch.controller;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;

/**
 * The argument lists of all programs that run on this machine from beginning to end of the watch, as anybody may read them.
 * Nobody is told that a program begins: {@link ProcessHandle#allProcesses} lists those that run now and
 * {@link ProcessHandle#onExit} tells of the end of one, a watch service sees nothing of {@code /proc}, and the kernel tells
 * root alone. So this looks again and again, and a program that ends between two looks is not seen.
 */
final class ArgumentLists implements AutoCloseable {
    /** So short that the programs that get a secret, which take seconds, are seen. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final FutureTask<String> watch =
            new FutureTask<>(() -> Eventually.get("the end of the watch", PAUSE, this::look));
    private volatile boolean closed;

    private ArgumentLists() {}

    /** Begins a watch, which lasts {@link Eventually#LIMIT} at most. */
    static ArgumentLists watch() {
        ArgumentLists lists = new ArgumentLists();
        new Thread(lists.watch, "argument lists").start();
        return lists;
    }

    private Optional<String> look() throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                read(process.resolve("cmdline"));
            }
        }
        return closed ? Optional.of("closed") : Optional.empty();
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

    /** @throws Exception where the watch ended before, so that nobody believes that it saw all */
    @Override
    public void close() throws Exception {
        closed = true;
        watch.get();
    }
}
