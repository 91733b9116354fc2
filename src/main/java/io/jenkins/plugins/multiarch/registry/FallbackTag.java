package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
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

    FallbackTag(Manifests manifests, Backoff backoff) {
        this.manifests = manifests;
        this.backoff = backoff;
    }

    List<Descriptor> read(Repository repository, Digest subject) throws InterruptedException {
        return listed(repository, Referrers.tag(subject), manifests.find(repository, Referrers.tag(subject)));
    }

    void add(Repository repository, Digest subject, Descriptor referrer) throws InterruptedException {
        update(repository, Referrers.tag(subject), all -> {
            List<Descriptor> more = new ArrayList<>(all);
            if (!holds(all, referrer.digest())) {
                more.add(referrer);
            }
            return more;
        });
    }

    void remove(Repository repository, Digest subject, Digest referrer) throws InterruptedException {
        update(
                repository,
                Referrers.tag(subject),
                all -> all.stream()
                        .filter(listed -> !listed.digest().equals(referrer))
                        .toList());
    }

    private static boolean holds(List<Descriptor> all, Digest digest) {
        return all.stream().anyMatch(listed -> listed.digest().equals(digest));
    }

    private void update(Repository repository, Tag tag, UnaryOperator<List<Descriptor>> change)
            throws InterruptedException {
        ReentrantLock turn = TURNS.get(Math.floorMod((repository + ":" + tag).hashCode(), TURNS.size()));
        turn.lockInterruptibly();
        try {
            for (int attempt = 1; !changed(repository, tag, change); attempt++) {
                if (attempt >= backoff.attempts()) {
                    throw new ReleaseException(
                            "The list of referrers " + repository + ":" + tag + " was overwritten by somebody else "
                                    + attempt + " times.",
                            "Let only one job at a time write evidence about this image, then try again.");
                }
                backoff.pause(attempt, Duration.ZERO);
            }
        } finally {
            turn.unlock();
        }
    }

    /** One turn of read, merge, write and read back; false where somebody came between. */
    private boolean changed(Repository repository, Tag tag, UnaryOperator<List<Descriptor>> change)
            throws InterruptedException {
        Optional<Manifests.Found> found = manifests.find(repository, tag);
        List<Descriptor> before = listed(repository, tag, found);
        List<Descriptor> after = change.apply(before);
        if (after.equals(before)) {
            return true;
        }
        if (after.isEmpty()) {
            return manifests.delete(repository, found.orElseThrow().manifest().digest());
        }
        try {
            manifests.replace(repository, tag, found, ImageIndex.of(after, Map.of()));
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
