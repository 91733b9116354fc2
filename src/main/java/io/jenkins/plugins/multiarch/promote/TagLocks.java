package io.jenkins.plugins.multiarch.promote;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Turns for those who move tags: one holder for each registry, repository and tag. Whoever needs several takes them in the
 * order of their names, so that no two wait for each other.
 */
public final class TagLocks {
    private static final TagLocks OF_PROCESS = new TagLocks();

    private final Map<TagName, Turn> turns = new HashMap<>();

    /** A lock, and how many hold it or wait for it; with the last of them it goes. */
    private static final class Turn {
        final ReentrantLock lock = new ReentrantLock(true);
        int users;
    }

    /** Those that everything in this Java machine shares. */
    public static TagLocks ofProcess() {
        return OF_PROCESS;
    }

    /**
     * Waits until all of these tags are free and takes them. The thread that took them gives them back.
     *
     * @param log gets a line where there is somebody to wait for
     */
    Held take(Collection<TagName> names, Consumer<String> log) throws InterruptedException {
        Held held = new Held();
        try {
            for (TagName name : new TreeSet<>(names)) {
                held.add(name, log);
            }
            return held;
        } catch (InterruptedException e) {
            held.close();
            throw e;
        }
    }

    private Turn enter(TagName name) {
        synchronized (turns) {
            Turn turn = turns.computeIfAbsent(name, free -> new Turn());
            turn.users++;
            return turn;
        }
    }

    private void leave(TagName name, Turn turn) {
        synchronized (turns) {
            turn.users--;
            if (turn.users == 0) {
                turns.remove(name);
            }
        }
    }

    /** Tags that are held until this is closed. */
    final class Held implements AutoCloseable {
        private final List<Runnable> releases = new ArrayList<>();
        private boolean waited;

        private void add(TagName name, Consumer<String> log) throws InterruptedException {
            Turn turn = enter(name);
            try {
                if (!turn.lock.tryLock()) {
                    log.accept("Waiting for another promotion of " + name + ".");
                    waited = true;
                    turn.lock.lockInterruptibly();
                }
            } catch (InterruptedException e) {
                leave(name, turn);
                throw e;
            }
            releases.add(() -> {
                turn.lock.unlock();
                leave(name, turn);
            });
        }

        /** Whether somebody else was moving one of them just now. */
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
