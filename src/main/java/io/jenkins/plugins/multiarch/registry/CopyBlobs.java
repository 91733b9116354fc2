package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Brings the blobs of some manifests to the target, each once: mounted where the registry does that, else streamed. */
final class CopyBlobs {
    private final Registry registry;
    private final Repository source;
    private final Repository target;
    private final AtomicInteger mounted = new AtomicInteger();
    private final AtomicInteger uploaded = new AtomicInteger();
    private final AtomicInteger present = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    /** Until the registry refuses once: one that cannot mount one blob cannot mount the next. */
    private volatile boolean mounts;

    CopyBlobs(Registry registry, Repository source, Repository target) {
        this.registry = registry;
        this.source = source;
        this.target = target;
        this.mounts = source.registry().equals(target.registry());
    }

    /** The biggest go first, so that no big one is left alone at the end. */
    void bring(Collection<Manifest> manifests, WorkPool pool) throws InterruptedException {
        List<Descriptor> biggestFirst = blobs(manifests).stream()
                .sorted(Comparator.comparingLong(Descriptor::size).reversed())
                .toList();
        pool.each(biggestFirst, this::bring);
    }

    /** How many bytes the target lacks. */
    long bytesLacking(Collection<Manifest> manifests, WorkPool pool) throws InterruptedException {
        List<WorkPool.Work<Long>> sizes = new ArrayList<>();
        blobs(manifests).forEach(blob -> sizes.add(() -> registry.hasBlob(target, blob.digest()) ? 0 : blob.size()));
        return pool.all(sizes).stream().mapToLong(Long::longValue).sum();
    }

    private void bring(Descriptor blob) throws InterruptedException {
        if (mounts) {
            if (registry.mount(target, blob.digest(), source)) {
                mounted.incrementAndGet();
                return;
            }
            mounts = false;
        }
        AtomicInteger opened = new AtomicInteger();
        send(blob, opened);
        if (opened.get() == 0) {
            present.incrementAndGet();
        } else {
            uploaded.incrementAndGet();
            bytes.addAndGet(blob.size());
        }
    }

    /** The target checks the digest; where it says that it is wrong, we look for ourselves who is to blame. */
    private void send(Descriptor blob, AtomicInteger opened) throws InterruptedException {
        try {
            registry.push(target, Blob.of(blob, () -> {
                opened.incrementAndGet();
                return registry.relay(source, blob);
            }));
        } catch (RegistryException e) {
            if (!e.code().equals("DIGEST_INVALID")) {
                throw e;
            }
            registry.push(target, Blob.of(blob, () -> registry.open(source, blob)));
        }
    }

    private static Collection<Descriptor> blobs(Collection<Manifest> manifests) {
        Map<Digest, Descriptor> each = new LinkedHashMap<>();
        for (Manifest manifest : manifests) {
            for (Descriptor child : manifest.children()) {
                if (isBlob(manifest, child)) {
                    each.putIfAbsent(child.digest(), child);
                }
            }
        }
        return each.values();
    }

    /** BuildKit's older cache exports are indexes that list layers as if they were manifests. */
    private static boolean isBlob(Manifest manifest, Descriptor child) {
        boolean inImage = manifest instanceof ImageManifest;
        return (inImage || isBlobInIndex(child)) && !MediaTypes.isForeign(child.mediaType());
    }

    static boolean isBlobInIndex(Descriptor child) {
        return !child.mediaType().isEmpty() && !MediaTypes.isManifest(child.mediaType());
    }

    CopyReport report(Digest root, int manifests, int referrers) {
        return new CopyReport(root, manifests, mounted.get(), uploaded.get(), present.get(), bytes.get(), referrers);
    }
}
