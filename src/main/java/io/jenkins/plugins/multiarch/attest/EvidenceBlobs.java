package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The bytes of evidence, each once though it may be about several images, and at most 256 MiB of them. */
final class EvidenceBlobs {
    private static final long MAX_BYTES = 256L << 20;

    private final Registry registry;
    private final Repository repository;
    private final Map<Key, byte[]> contents = new ConcurrentHashMap<>();
    private final Map<Key, String> problems = new ConcurrentHashMap<>();

    /** With the size, so that nobody makes a good blob unreadable by describing it wrongly elsewhere. */
    private record Key(Digest digest, long size) {

        static Key of(Descriptor blob) {
            return new Key(blob.digest(), blob.size());
        }
    }

    EvidenceBlobs(Registry registry, Repository repository) {
        this.registry = registry;
        this.repository = repository;
    }

    void fetch(Collection<Descriptor> blobs, WorkPool pool) throws InterruptedException {
        Map<Key, Descriptor> taken = new LinkedHashMap<>();
        long bytes = 0;
        for (Descriptor blob : blobs) {
            if (blob.size() > Bundle.MAX_SIZE) {
                problems.put(Key.of(blob), "it has " + blob.size() + " bytes");
            } else if (bytes + blob.size() > MAX_BYTES) {
                problems.putIfAbsent(Key.of(blob), "there is more evidence than " + MAX_BYTES + " bytes");
            } else if (taken.putIfAbsent(Key.of(blob), blob) == null) {
                bytes += blob.size();
            }
        }
        pool.each(taken.values(), this::fetch);
    }

    private void fetch(Descriptor blob) throws InterruptedException {
        try (InputStream in = registry.open(repository, blob)) {
            contents.put(Key.of(blob), in.readAllBytes());
        } catch (ReleaseException e) {
            problems.put(Key.of(blob), EvidencePlace.reason(e));
        } catch (InterruptedIOException e) {
            throw Registry.interrupted(e);
        } catch (IOException e) {
            problems.put(Key.of(blob), "it broke off while it was read");
        }
    }

    boolean has(Descriptor blob) {
        return contents.containsKey(Key.of(blob));
    }

    byte[] content(Descriptor blob) {
        return contents.get(Key.of(blob));
    }

    /** Why a blob is not to be had, as a clause. */
    String problem(Descriptor blob) {
        return problems.get(Key.of(blob));
    }
}
