package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.registry.Progress;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows a person how far the blobs on their way have come, in one line that is written over itself and vanishes when they
 * are there. Nothing is shown within the first second.
 */
final class ProgressMeter implements Progress {
    /** Return to the line's start and erase the line (ECMA-48: EL). */
    static final String ERASE = "\r\u001b[K";

    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private final PrintStream terminal;
    private final LongSupplier nanoTime;
    private final Map<Descriptor, Long> underWay = new HashMap<>();
    private long next;
    private boolean shown;

    ProgressMeter(PrintStream terminal, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong() + PATIENCE;
    }

    @Override
    public synchronized void moved(Descriptor blob, long bytes) {
        if (bytes >= blob.size()) {
            underWay.remove(blob);
        } else {
            underWay.put(blob, bytes);
        }
        long now = nanoTime.getAsLong();
        if (underWay.isEmpty()) {
            show("");
        } else if (now - next >= 0) {
            next = now + EVERY;
            show(line());
        }
    }

    private void show(String line) {
        if (shown || !line.isEmpty()) {
            terminal.print(ERASE + line);
            terminal.flush();
            shown = !line.isEmpty();
        }
    }

    private String line() {
        long moved = underWay.values().stream().mapToLong(Long::longValue).sum();
        long size = underWay.keySet().stream().mapToLong(Descriptor::size).sum();
        return String.format(
                Locale.ROOT,
                "%.1f of %.1f MB, %d %s on the way",
                moved / 1e6,
                size / 1e6,
                underWay.size(),
                underWay.size() == 1 ? "blob" : "blobs");
    }
}
