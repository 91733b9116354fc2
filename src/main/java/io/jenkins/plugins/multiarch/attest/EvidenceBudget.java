package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much evidence one verification, or one attestation, looks at and holds in memory, whoever put it there.
 *
 * <p>Past a limit it is refused as a whole. Were the rest passed over, somebody could hide the newest scan behind it.
 */
final class EvidenceBudget {
    /** How many referrers and layers that may be evidence there may be, beside the image and its children together. */
    static final int MAX_PIECES = 10_000;

    /** How large all of them may be together, in bytes. */
    static final long MAX_BYTES = 1L << 30;

    /** How large the annotations in which cosign keeps signatures may be together, in bytes: they are held all at once. */
    static final int MAX_ANNOTATIONS = 64 << 20;

    /** How many bytes of evidence are read, parsed and verified at a time; to parse them takes about ten times as much. */
    static final int IN_HAND = 32 << 20;

    private final Repository repository;
    private final AtomicLong referrers = new AtomicLong();
    private final AtomicLong pieces = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong annotations = new AtomicLong();
    private final Semaphore hand = new Semaphore(IN_HAND, true);

    EvidenceBudget(Repository repository) {
        this.repository = repository;
    }

    /** What an image's list of referrers names. */
    void listed(int count) {
        charge(referrers, count, MAX_PIECES, "referrers");
    }

    /** What a manifest names, before any of it is read. */
    void found(EvidencePlace place) {
        charge(pieces, place.layers().size(), MAX_PIECES, "pieces");
        long held = place.layers().stream()
                .flatMap(layer -> layer.annotations().values().stream())
                .mapToLong(String::length)
                .sum();
        charge(annotations, held, MAX_ANNOTATIONS, "bytes of annotations");
    }

    /** A piece that is going to be read, once however many manifests name it. */
    void read(Descriptor piece) {
        charge(bytes, piece.size(), MAX_BYTES, "bytes");
    }

    private void charge(AtomicLong sum, long more, long limit, String unit) {
        if (sum.addAndGet(more) > limit) {
            throw new ReleaseException(
                    "There is more evidence in " + repository + " than the " + limit + " " + unit
                            + " that are looked at for one image.",
                    "Delete old scans, and what does not belong there.");
        }
    }

    /** Waits until there is room for a piece of so many bytes. */
    void take(long size) throws InterruptedException {
        hand.acquire((int) size);
    }

    void giveBack(long size) {
        hand.release((int) size);
    }
}
