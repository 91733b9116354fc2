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
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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

    /** Ends a promotion that broke off, by {@link Promotion#recover}. */
    @FunctionalInterface
    public interface Rescue {
        void from(FileJournal journal) throws IOException, InterruptedException;
    }

    /** Has each promotion ended that broke off, is nobody's any more, and has one of these tags. */
    public void recover(Collection<TagName> names, Rescue rescue) throws IOException, InterruptedException {
        recover(names, names, rescue);
    }

    /**
     * As {@link #recover(Collection, Rescue)}, before a rollback.
     *
     * @return whether a rollback of the same tags was finished, behind which to go back once more would be too far
     */
    public boolean recover(RollbackRequest request, Rescue rescue) throws IOException, InterruptedException {
        return recover(request.names(), request.own(), rescue);
    }

    private boolean recover(Collection<TagName> names, Collection<TagName> own, Rescue rescue)
            throws IOException, InterruptedException {
        boolean rolledBack = false;
        for (Path file : FileJournal.in(folder)) {
            Optional<FileJournal> taken = FileJournal.take(file);
            if (taken.isPresent()) {
                try (FileJournal journal = taken.get()) {
                    if (!Collections.disjoint(journal.unfinished(), names)) {
                        boolean isRollback = Unfinished.in(journal)
                                .filter(broken -> broken.isRollbackOf(own))
                                .isPresent();
                        rescue.from(journal);
                        rolledBack |= isRollback && isDone(journal);
                    }
                }
            }
        }
        return rolledBack;
    }

    private static boolean isDone(FileJournal journal) throws IOException {
        List<JournalEntry> entries = journal.entries();
        return entries.get(entries.size() - 1).equals(new JournalEntry.Ended(JournalEntry.Outcome.DONE));
    }

    /** Has one promotion ended if it broke off and is nobody's any more. */
    public void recover(String name, Rescue rescue) throws IOException, InterruptedException {
        Optional<FileJournal> taken = FileJournal.take(folder.resolve(name));
        if (taken.isPresent()) {
            try (FileJournal journal = taken.get()) {
                rescue.from(journal);
            }
        }
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
