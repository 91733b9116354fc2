package io.jenkins.plugins.multiarch.registry.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** All repositories, the uploads that are under way, and the folder of what is too large for memory. */
final class Storage implements AutoCloseable {
    private final NavigableMap<String, StoredRepository> repositories = new ConcurrentSkipListMap<>();
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final AtomicLong uploadNumbers = new AtomicLong();
    private final Path directory;

    Storage() throws IOException {
        directory = Files.createTempDirectory("fake-registry");
    }

    Optional<StoredRepository> find(String name) {
        return Optional.ofNullable(repositories.get(name));
    }

    StoredRepository create(String name) {
        return repositories.computeIfAbsent(name, n -> new StoredRepository());
    }

    List<String> names() {
        return List.copyOf(repositories.keySet());
    }

    Upload begin() {
        String id = "upload-" + uploadNumbers.incrementAndGet();
        Upload upload = new Upload(id, directory.resolve(id));
        uploads.put(id, upload);
        return upload;
    }

    Optional<Upload> upload(String id) {
        return Optional.ofNullable(uploads.get(id));
    }

    void end(Upload upload) {
        uploads.remove(upload.id());
    }

    int uploadsUnderWay() {
        return uploads.size();
    }

    @Override
    public void close() {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
