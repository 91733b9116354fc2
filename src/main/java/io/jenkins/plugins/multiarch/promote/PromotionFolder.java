package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
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

    /** Turns for all processes that have this folder. */
    public TagLocks locks() {
        return new TagLocks(new FolderTurns(folder));
    }

    /** Ends a promotion that broke off, by {@link Promotion#recover}. */
    @FunctionalInterface
    public interface Rescue {
        void from(FileJournal journal) throws IOException, InterruptedException;
    }

    /** The tags of a rollback, held until this is closed; and whether one of the same tags was finished on the way. */
    public record RollbackTurn(TagLocks.Held held, boolean isBack) implements AutoCloseable {
        @Override
        public void close() {
            held.close();
        }
    }

    /**
     * As {@link #recover(Collection, TagLocks, Consumer, Rescue)}, before a rollback.
     *
     * @return the tags, and whether a rollback of the same tags was finished, behind which to go back once more would be too
     *     far
     */
    public RollbackTurn recover(RollbackRequest request, TagLocks locks, Consumer<String> log, Rescue rescue)
            throws IOException, InterruptedException {
        AtomicBoolean isBack = new AtomicBoolean();
        TagLocks.Held held = recover(request.names(), locks, log, broken -> {
            Optional<Unfinished> rollback =
                    Unfinished.in(broken).filter(unfinished -> unfinished.isRollbackOf(request.own()));
            rescue.from(broken);
            if (rollback.isPresent() && isDone(broken)) {
                isBack.set(true);
            }
        });
        return new RollbackTurn(held, isBack.get());
    }

    private static boolean isDone(FileJournal journal) throws IOException {
        List<JournalEntry> entries = journal.entries();
        return entries.get(entries.size() - 1).equals(new JournalEntry.Ended(JournalEntry.Outcome.DONE));
    }

    /**
     * Takes these tags as soon as nobody else promotes them, and then has each promotion ended that broke off and has one of
     * them: what is promoted next finds no tag half moved.
     *
     * @param locks shared by all who may move the same tags
     * @param log gets a line where there is somebody to wait for, and where a journal cannot be read and is set aside
     * @return the tags, held until it is closed
     */
    public TagLocks.Held recover(Collection<TagName> names, TagLocks locks, Consumer<String> log, Rescue rescue)
            throws IOException, InterruptedException {
        Set<TagName> all = connected(names);
        while (true) {
            TagLocks.Held held = locks.take(all, log);
            boolean ended = false;
            try {
                Set<TagName> now = connected(all);
                if (all.containsAll(now)) {
                    recover(all, log, rescue);
                    ended = true;
                    return held;
                }
                all = now;
            } finally {
                if (!ended) {
                    held.close();
                }
            }
        }
    }

    /** These tags and those of what broke off with one of them, so that whoever ends it has the turns of all. */
    private Set<TagName> connected(Collection<TagName> names) throws IOException {
        List<List<TagName>> broken = new ArrayList<>();
        for (Path file : FileJournal.in(folder)) {
            try {
                FileJournal.glance(file).ifPresent(broken::add);
            } catch (ReleaseException e) {
                continue; // it is set aside when these tags are held
            }
        }
        Set<TagName> all = new TreeSet<>(names);
        int before;
        do {
            before = all.size();
            broken.stream().filter(one -> !Collections.disjoint(one, all)).forEach(all::addAll);
        } while (all.size() > before);
        return all;
    }

    private void recover(Set<TagName> names, Consumer<String> log, Rescue rescue)
            throws IOException, InterruptedException {
        for (Path file : FileJournal.in(folder)) {
            Optional<List<TagName>> unfinished;
            try {
                unfinished = FileJournal.glance(file);
            } catch (ReleaseException e) {
                setAside(file, e.fact(), log);
                continue;
            }
            if (unfinished.filter(List::isEmpty).isPresent()) {
                recover(file, left -> {});
            } else if (unfinished.isPresent() && !Collections.disjoint(unfinished.get(), names)) {
                recover(file, rescue);
            }
        }
    }

    private static void setAside(Path file, String reason, Consumer<String> log) throws IOException {
        Optional<FileJournal> taken = FileJournal.take(file);
        if (taken.isPresent()) {
            Path aside = taken.get().setAside();
            log.accept("Set aside a journal of a promotion that cannot be read, so that nobody knows whether its tags"
                    + " moved: " + aside + ". " + reason);
        }
    }

    /** Has one promotion ended if it broke off and is nobody's any more. */
    public void recover(String name, Rescue rescue) throws IOException, InterruptedException {
        recover(folder.resolve(name), rescue);
    }

    private static void recover(Path file, Rescue rescue) throws IOException, InterruptedException {
        Optional<FileJournal> taken = FileJournal.take(file);
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
