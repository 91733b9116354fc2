package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A folder with the journals of promotions, and with plans until they are applied. Only its owner may read it. */
public final class PromotionFolder {
    private static final int MAX_PLAN = 16 << 20;
    /** How many plans are kept; the oldest go. */
    private static final int MAX_PLANS = 50;

    private final Path folder;

    private PromotionFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes it where it is not there yet. */
    public static PromotionFolder at(Path folder) throws IOException {
        Files.createDirectories(folder.toAbsolutePath(), ownerOnly(folder));
        return new PromotionFolder(folder);
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    /** A new journal, for one promotion. */
    public FileJournal journal() throws IOException {
        return FileJournal.create(folder);
    }

    /** The same of somebody who can be found again, as whoever ends it may need what only they have. */
    public FileJournal journal(String owner) throws IOException {
        FileJournal journal = journal();
        boolean begun = false;
        try {
            journal.append(new JournalEntry.Begun(owner));
            begun = true;
            return journal;
        } finally {
            if (!begun) {
                journal.close();
            }
        }
    }

    /** Turns for all processes that have this folder. */
    public TagLocks locks() {
        return new TagLocks(new FolderTurns(folder));
    }

    /** Ends a promotion that broke off, by {@link Promotion#recover}, and says what became of its tags. */
    @FunctionalInterface
    public interface Rescue {
        Optional<PromotedTags> from(FileJournal journal) throws IOException, InterruptedException;
    }

    /**
     * Takes the tags of a request as soon as nobody else promotes them, and then has each promotion ended that broke off and
     * has one of them: what is promoted next finds no tag half moved.
     *
     * @param locks shared by all who may move the same tags
     * @param log gets a line where there is somebody to wait for, and where a journal cannot be read and is set aside
     */
    public Turn begin(ReleaseRequest request, TagLocks locks, Consumer<String> log, Rescue rescue)
            throws IOException, InterruptedException {
        return new FolderRecovery(folder, locks, log, rescue).begin(request);
    }

    /** Has one promotion ended if it broke off and is nobody's any more, as soon as nobody else promotes its tags. */
    public void recover(String name, TagLocks locks, Consumer<String> log, Rescue rescue)
            throws IOException, InterruptedException {
        new FolderRecovery(folder, locks, log, rescue).end(folder.resolve(name));
    }

    /** Keeps a plan for whoever applies it. */
    public void keep(PromotionPlan plan) throws IOException {
        Path written = Files.createTempFile(folder, "plan-", ".tmp");
        Files.writeString(written, Json.pretty(plan.toJson()));
        Files.move(written, file(plan.hash()), StandardCopyOption.REPLACE_EXISTING);
        List<Path> plans = new ArrayList<>();
        try (var found = Files.newDirectoryStream(folder, "plan-*.json")) {
            found.forEach(plans::add);
        }
        plans.sort(Comparator.comparing(PromotionFolder::age));
        for (Path old : plans.subList(0, Math.max(0, plans.size() - MAX_PLANS))) {
            Files.deleteIfExists(old);
        }
    }

    private static long age(Path file) {
        return file.toFile().lastModified();
    }

    /** The plan of a hash, where it was made here and is not too long ago. */
    public Optional<PromotionPlan> plan(Digest hash) throws IOException {
        try (InputStream in = Files.newInputStream(file(hash))) {
            return Optional.of(PromotionPlan.parse(in.readNBytes(MAX_PLAN)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path file(Digest hash) {
        return folder.resolve("plan-" + hash.hex() + ".json");
    }
}
