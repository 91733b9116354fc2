package io.jenkins.plugins.multiarch.promote;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Leaves the receipt of a transaction whose tags have moved, which nothing that goes wrong here takes back. */
final class Leaving {
    private final Optional<Receipts> receipts;
    private final KnownManifests manifests;
    private final Consumer<String> log;
    private final List<String> unrecorded = new ArrayList<>();
    private Optional<InterruptedException> stopped = Optional.empty();

    /** @param receipts what leaves it; nothing where none is wanted */
    Leaving(Optional<Receipts> receipts, KnownManifests manifests, Consumer<String> log) {
        this.receipts = receipts;
        this.manifests = manifests;
        this.log = log;
    }

    void leave(Optional<Receipt> receipt) {
        if (receipts.isEmpty() || receipt.isEmpty()) {
            return;
        }
        try {
            unrecorded.addAll(receipts.get().leave(receipt.get(), manifests, log));
            unrecorded.forEach(log);
        } catch (InterruptedException e) {
            log.accept("Not every receipt was left, for the promotion was stopped.");
            stopped = Optional.of(e);
        }
    }

    /** Throws the interrupt that came while the receipt was left. */
    void stopIfInterrupted() throws InterruptedException {
        if (stopped.isPresent()) {
            throw stopped.get();
        }
    }

    /** The receipts that could not be left, each as a sentence. */
    List<String> unrecorded() {
        return List.copyOf(unrecorded);
    }
}
