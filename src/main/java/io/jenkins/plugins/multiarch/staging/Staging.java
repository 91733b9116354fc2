package io.jenkins.plugins.multiarch.staging;

import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.gate.ImageSource;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.layout.DockerArchive;
import io.jenkins.plugins.multiarch.layout.ImageStore;
import io.jenkins.plugins.multiarch.layout.OciLayout;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes an image into a folder to be handed on ({@code stageImage}). */
public final class Staging {
    private final Registry registry;
    private final Consumer<String> log;

    public Staging(Registry registry, Consumer<String> log) {
        this.registry = registry;
        this.log = log;
    }

    /**
     * Writes an archive for each platform, and what describes them last. Files of these names are replaced.
     *
     * @param subject any but one in a daemon, whose image has to be {@linkplain ContainerTool#save saved} first
     * @param platforms those to stage, or none for all
     * @param folder made where it is not there
     */
    public StageRecord stage(String name, GateSubject subject, List<Platform> platforms, Path folder, Origin origin)
            throws IOException, InterruptedException {
        StageRecord.checkedName(name);
        Files.createDirectories(folder);
        if (subject instanceof GateSubject.InRegistry remote) {
            Manifest root = registry.get(remote.image());
            ImageSource source = ImageSource.of(registry, remote.image().repository());
            return stage(new Task(name, subject, platforms, folder, origin), root, source);
        }
        try (ImageStore store = open(subject)) {
            Manifest root = store.manifest(store.image(imageName(subject)));
            return stage(new Task(name, subject, platforms, folder, origin), root, ImageSource.of(store));
        }
    }

    private record Task(String name, GateSubject subject, List<Platform> platforms, Path folder, Origin origin) {}

    private static ImageStore open(GateSubject subject) throws IOException {
        if (subject instanceof GateSubject.InLayout layout) {
            return OciLayout.open(layout.path());
        }
        if (subject instanceof GateSubject.InDockerArchive archive) {
            return DockerArchive.open(archive.path());
        }
        throw new IllegalArgumentException(subject + " has to be saved first");
    }

    private static String imageName(GateSubject subject) {
        return subject instanceof GateSubject.InLayout layout
                ? layout.name()
                : ((GateSubject.InDockerArchive) subject).name();
    }

    private StageRecord stage(Task task, Manifest root, ImageSource source) throws IOException, InterruptedException {
        String where = task.subject().toString();
        List<PlatformImage> all = PlatformImages.of(root, source, where);
        List<PlatformImage> chosen = PlatformImages.only(task.platforms(), all, where);
        List<StagedPlatform> staged = new ArrayList<>();
        for (PlatformImage image : chosen) {
            staged.add(new PlatformArchive(source).write(image, task.folder()));
        }
        StageRecord record = chosen.size() == all.size() && root instanceof ImageIndex index
                ? new StageRecord(task.name(), Optional.of(index), task.origin(), staged)
                : StageRecord.of(task.name(), task.origin(), staged, List.of(), Map.of());
        write(record, task.folder());
        log.accept(describe(record));
        return record;
    }

    private static void write(StageRecord record, Path folder) throws IOException {
        for (Map.Entry<String, byte[]> document : record.documents().entrySet()) {
            Files.write(folder.resolve(document.getKey()), document.getValue());
        }
    }

    private static String describe(StageRecord record) {
        long bytes = record.platforms().stream()
                .mapToLong(platform -> platform.file().size())
                .sum();
        return String.format(
                Locale.ROOT,
                "Wrote the image %s for %s as %d OCI archives (%.1f MB).",
                record.digest(),
                Platform.list(record.platforms().stream()
                        .map(StagedPlatform::platform)
                        .toList()),
                record.platforms().size(),
                bytes / 1e6);
    }
}
