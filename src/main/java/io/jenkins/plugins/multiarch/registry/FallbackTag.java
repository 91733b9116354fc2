package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The index that clients keep on registries without a referrers API (OCI distribution-spec 1.1, "Referrers Tag Schema").
 *
 * <p>Two clients that write at once can undo each other, for the specification has no compare-and-swap. We take turns
 * within this process, send {@code If-Match} where the registry gives an entity tag, and read back: what was lost is
 * merged again.
 */
final class FallbackTag {
    private static final List<ReentrantLock> TURNS =
            Stream.generate(ReentrantLock::new).limit(64).toList();

    private final Manifests manifests;
    private final Backoff backoff;
    private final Set<Addition> waiting = ConcurrentHashMap.newKeySet();

    /** A referrer on its way into a list. Two are never the same, for each has a caller that wants to know what became of it. */
    private static final class Addition {
        final String list;
        final Descriptor referrer;

        Addition(String list, Descriptor referrer) {
            this.list = list;
            this.referrer = referrer;
        }
    }

    @FunctionalInterface
    private interface Turn {
        void take() throws InterruptedException;
    }

    FallbackTag(Manifests manifests, Backoff backoff) {
        this.manifests = manifests;
        this.backoff = backoff;
    }

    List<Descriptor> read(Repository repository, Digest subject) throws InterruptedException {
        return listed(repository, Referrers.tag(subject), manifests.find(repository, Referrers.tag(subject)));
    }

    /** Adds a referrer; whoever's turn it is adds what others wait to add to the same list, so that they need no turn. */
    void add(Repository repository, Digest subject, Descriptor referrer) throws InterruptedException {
        Tag tag = Referrers.tag(subject);
        Addition own = new Addition(repository + ":" + tag, referrer);
        waiting.add(own);
        try {
            inTurn(repository, tag, () -> {
                if (waiting.contains(own)) {
                    addAllThatWait(repository, tag);
                }
            });
        } finally {
            waiting.remove(own);
        }
    }

    private void addAllThatWait(Repository repository, Tag tag) throws InterruptedException {
        Set<Addition> together = new LinkedHashSet<>();
        update(repository, tag, () -> {
            waiting.stream()
                    .filter(one -> one.list.equals(repository + ":" + tag))
                    .forEach(together::add);
            return all -> withThem(all, together);
        });
        waiting.removeAll(together);
    }

    private static List<Descriptor> withThem(List<Descriptor> all, Set<Addition> together) {
        List<Descriptor> more = new ArrayList<>(all);
        for (Addition one : together) {
            if (more.stream().noneMatch(listed -> listed.digest().equals(one.referrer.digest()))) {
                more.add(one.referrer);
            }
        }
        return more;
    }

    void remove(Repository repository, Digest subject, Digest referrer) throws InterruptedException {
        Tag tag = Referrers.tag(subject);
        inTurn(
                repository,
                tag,
                () -> update(
                        repository,
                        tag,
                        () -> all -> all.stream()
                                .filter(listed -> !listed.digest().equals(referrer))
                                .toList()));
    }

    private static void inTurn(Repository repository, Tag tag, Turn turn) throws InterruptedException {
        ReentrantLock lock = TURNS.get(Math.floorMod((repository + ":" + tag).hashCode(), TURNS.size()));
        lock.lockInterruptibly();
        try {
            turn.take();
        } finally {
            lock.unlock();
        }
    }

    private void update(Repository repository, Tag tag, Supplier<UnaryOperator<List<Descriptor>>> change)
            throws InterruptedException {
        for (int attempt = 1; !changed(repository, tag, change); attempt++) {
            if (attempt >= backoff.attempts()) {
                throw new ReleaseException(
                        "The list of referrers " + repository + ":" + tag + " was overwritten by somebody else "
                                + attempt + " times.",
                        "Let only one job at a time write evidence about this image, then try again.");
            }
            backoff.pause(attempt, Duration.ZERO);
        }
    }

    /** One turn of read, merge, write and read back; false where somebody came between. */
    private boolean changed(Repository repository, Tag tag, Supplier<UnaryOperator<List<Descriptor>>> wanted)
            throws InterruptedException {
        Optional<Manifests.Found> found = manifests.find(repository, tag);
        UnaryOperator<List<Descriptor>> change = wanted.get();
        List<Descriptor> before = listed(repository, tag, found);
        List<Descriptor> after = change.apply(before);
        if (after.equals(before)) {
            return true;
        }
        if (after.isEmpty()) {
            return manifests.delete(repository, found.orElseThrow().manifest().digest());
        }
        try {
            manifests.replace(repository, tag, found.map(Manifests.Found::entityTag), ImageIndex.of(after, Map.of()));
        } catch (RegistryException e) {
            if (e.status() == 412) {
                return false;
            }
            throw e;
        }
        List<Descriptor> now = listed(repository, tag, manifests.find(repository, tag));
        return change.apply(now).equals(now) && now.containsAll(kept(before, after));
    }

    private static List<Descriptor> kept(List<Descriptor> before, List<Descriptor> after) {
        return before.stream().filter(after::contains).toList();
    }

    private static List<Descriptor> listed(Repository repository, Tag tag, Optional<Manifests.Found> found) {
        if (found.isEmpty()) {
            return List.of();
        }
        if (found.get().manifest() instanceof ImageIndex index) {
            return index.manifests();
        }
        throw new ReleaseException(
                repository + ":" + tag + " is an image, where the list of referrers of a digest belongs.",
                "Delete that tag or give it another name, then try again.");
    }
}
