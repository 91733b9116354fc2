package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.promote.FileJournal;
import io.jenkins.plugins.multiarch.promote.PromotionPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Where the command line keeps journals of promotions, and plans until they are applied. Only its owner may read it. */
final class StateFolder {
    private static final int MAX_PLAN = 16 << 20;
    /** How many plans are kept; the oldest go. */
    private static final int MAX_PLANS = 50;

    private final Path folder;

    private StateFolder(Path folder) {
        this.folder = folder;
    }

    /** The one that was named, or the user's own (XDG Base Directory Specification, "state"). */
    static StateFolder of(Optional<Path> named, Surroundings around) throws IOException {
        String state = around.environment().getOrDefault("XDG_STATE_HOME", "");
        Path usual = (state.isEmpty() ? around.home().resolve(".local/state") : Path.of(state)).resolve(Main.NAME);
        Path folder = named.orElse(usual);
        try {
            Files.createDirectories(folder.toAbsolutePath(), ownerOnly(folder));
        } catch (IOException e) {
            throw new ReleaseException(
                    "The folder " + folder + " for journals of promotions cannot be made.",
                    "Name one that may be written with --state.",
                    e);
        }
        return new StateFolder(folder);
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    FileJournal journal() throws IOException {
        return FileJournal.create(folder);
    }

    List<FileJournal> brokenOff() throws IOException {
        return FileJournal.brokenOff(folder);
    }

    void keep(PromotionPlan plan) throws IOException {
        Files.writeString(file(plan.hash()), Json.pretty(plan.toJson()));
        List<Path> plans = new ArrayList<>();
        try (var found = Files.newDirectoryStream(folder, "plan-*.json")) {
            found.forEach(plans::add);
        }
        plans.sort(Comparator.comparing(StateFolder::age));
        for (Path old : plans.subList(0, Math.max(0, plans.size() - MAX_PLANS))) {
            Files.deleteIfExists(old);
        }
    }

    private static long age(Path file) {
        return file.toFile().lastModified();
    }

    /** The plan of a hash, where it was made here. */
    Optional<PromotionPlan> plan(Digest hash) throws IOException {
        Path file = file(hash);
        return Files.exists(file)
                ? Optional.of(PromotionPlan.parse(BoundedFile.read(file, MAX_PLAN)))
                : Optional.empty();
    }

    private Path file(Digest hash) {
        return folder.resolve("plan-" + hash.hex() + ".json");
    }
}
