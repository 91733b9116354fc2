package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * Turns for those who move tags and for those who delete: one holder for each tag, and none for the tags of a repository that
 * somebody has as a whole. Whoever needs several takes them in the order of their names, so that no two wait for each other.
 */
public final class TagLocks {
    private static final TagLocks OF_PROCESS = new TagLocks();

    private final Optional<FolderTurns> betweenProcesses;
    /** By the name of a tag or repository. */
    private final Map<String, Turn> turns = new HashMap<>();

    /** Within this Java machine. */
    public TagLocks() {
        this(Optional.empty());
    }

    /** Also between processes, for tags. */
    TagLocks(FolderTurns betweenProcesses) {
        this(Optional.of(betweenProcesses));
    }

    private TagLocks(Optional<FolderTurns> betweenProcesses) {
        this.betweenProcesses = betweenProcesses;
    }

    /** A lock, and how many hold it or wait for it; with the last of them it goes. */
    private static final class Turn {
        final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
        int users;
        /** Whether its holder had to wait for it. */
        boolean waitedFor;
    }

    /**
     * How somebody needs a name.
     *
     * @param shared with others who need it so: a repository by those who each have tags of it
     * @param busy what there may be to wait for
     * @param tag that other processes may need too
     */
    private record Need(boolean shared, String busy, Optional<TagName> tag) {
        Lock of(Turn turn) {
            return shared ? turn.lock.readLock() : turn.lock.writeLock();
        }
    }

    /** Those that everything in this Java machine shares. */
    public static TagLocks ofProcess() {
        return OF_PROCESS;
    }

    /**
     * Waits until all of these tags are free and takes them. The thread that took them gives them back, and may take them
     * again meanwhile.
     *
     * @param log gets a line where there is somebody to wait for
     */
    Held take(Collection<TagName> names, Consumer<String> log) throws IOException, InterruptedException {
        SortedMap<String, Need> needs = new TreeMap<>();
        for (TagName name : names) {
            needs.put(
                    name.repository().toString(),
                    new Need(true, "the pruning of " + name.repository(), Optional.empty()));
            needs.put(name.toString(), new Need(false, "another promotion of " + name, Optional.of(name)));
        }
        return take(needs, log);
    }

    /**
     * Waits until nobody has tags of these repositories and takes them as a whole. The thread that took them gives them back.
     *
     * @param log gets a line where there is somebody to wait for
     */
    public Held takeAll(Collection<Repository> repositories, Consumer<String> log)
            throws IOException, InterruptedException {
        SortedMap<String, Need> needs = new TreeMap<>();
        repositories.forEach(repository -> needs.put(
                repository.toString(),
                new Need(false, "promotions into " + repository + ", or another pruning of it", Optional.empty())));
        return take(needs, log);
    }

    private Held take(SortedMap<String, Need> needs, Consumer<String> log) throws IOException, InterruptedException {
        Held held = new Held();
        boolean complete = false;
        try {
            for (Map.Entry<String, Need> need : needs.entrySet()) {
                held.add(need.getKey(), need.getValue(), log);
            }
            complete = true;
            return held;
        } finally {
            if (!complete) {
                held.close();
            }
        }
    }

    private Turn enter(String name) {
        synchronized (turns) {
            Turn turn = turns.computeIfAbsent(name, free -> new Turn());
            turn.users++;
            return turn;
        }
    }

    private void leave(String name, Turn turn) {
        synchronized (turns) {
            turn.users--;
            if (turn.users == 0) {
                turns.remove(name);
            }
        }
    }

    /** Tags or repositories that are held until this is closed. */
    public final class Held implements AutoCloseable {
        private final List<Runnable> releases = new ArrayList<>();
        private boolean waited;

        private Held() {}

        private void add(String name, Need need, Consumer<String> log) throws IOException, InterruptedException {
            Turn turn = enter(name);
            Lock lock = need.of(turn);
            boolean locked = false;
            try {
                if (!lock.tryLock(0, TimeUnit.SECONDS)) {
                    sayThatItWaits(need, log);
                    lock.lockInterruptibly();
                }
                locked = true;
            } finally {
                if (!locked) {
                    leave(name, turn);
                }
            }
            releases.add(() -> {
                lock.unlock();
                leave(name, turn);
            });
            if (need.tag().isPresent()) {
                takeBetweenProcesses(need, turn, log);
            }
        }

        private void takeBetweenProcesses(Need need, Turn turn, Consumer<String> log)
                throws IOException, InterruptedException {
            if (turn.lock.getWriteHoldCount() > 1) {
                waited |= turn.waitedFor;
                return;
            }
            if (betweenProcesses.isPresent()) {
                releases.add(betweenProcesses.get().take(need.tag().orElseThrow(), () -> sayThatItWaits(need, log)));
            }
            turn.waitedFor = waited;
        }

        private void sayThatItWaits(Need need, Consumer<String> log) {
            log.accept("Waiting for " + need.busy() + ".");
            waited = true;
        }

        /** Whether somebody else had one of them just now. */
        boolean waited() {
            return waited;
        }

        @Override
        public void close() {
            for (int last = releases.size() - 1; last >= 0; last--) {
                releases.remove(last).run();
            }
        }
    }
}
