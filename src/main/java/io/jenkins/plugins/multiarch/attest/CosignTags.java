package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The tags in which cosign 1 and 2 keep signatures and attestations: an image manifest of one layer each, named after the
 * digest that they are about (cosign, "SIGNATURE_SPEC").
 *
 * <p>Two writers at once can undo each other there, for registries have no compare-and-swap. Writers in this process take
 * turns; others are found by reading back, at once and again by {@link #settle}, and what was lost is merged again.
 */
final class CosignTags {
    static final String SIMPLE_SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json";
    static final String DSSE = "application/vnd.dsse.envelope.v1+json";
    static final String SIGNATURES = ".sig";
    static final String ATTESTATIONS = ".att";

    private static final List<ReentrantLock> TURNS =
            Stream.generate(ReentrantLock::new).limit(64).toList();

    private final Registry registry;
    private final Repository repository;
    private final Backoff backoff;

    CosignTags(Registry registry, Repository repository, Backoff backoff) {
        this.registry = registry;
        this.repository = repository;
        this.backoff = backoff;
    }

    /** Whether cosign has a tag for a digest: a sha512 is longer than a tag may be. */
    static boolean canHave(Digest subject) {
        return subject.algorithm().equals("sha256");
    }

    /** The tag for a digest. */
    static Tag tag(Digest subject, String suffix) {
        return new Tag(subject.algorithm() + "-" + subject.hex() + suffix);
    }

    /** What lies there now, lowest layer first. */
    List<Descriptor> layers(Tag tag) throws InterruptedException {
        Optional<Manifest> manifest = registry.find(repository, tag);
        if (manifest.isEmpty()) {
            return List.of();
        }
        if (manifest.get() instanceof ImageManifest image) {
            return image.layers();
        }
        throw new ReleaseException(
                repository + ":" + tag + " is an index, where cosign's signatures of an image belong.",
                "Delete that tag, then try again.");
    }

    /** Adds a layer behind the others, and gives it back as it lies there. */
    Descriptor add(Tag tag, byte[] content, String mediaType, Map<String, String> annotations)
            throws InterruptedException {
        registry.push(repository, Blob.of(mediaType, content));
        Descriptor layer = Descriptor.of(mediaType, content).withAnnotations(annotations);
        merge(tag, List.of(layer));
        return layer;
    }

    /** Sees that layers that were added are there still, and puts them back where another writer undid that. */
    void settle(Tag tag, List<Descriptor> added) throws InterruptedException {
        merge(tag, added);
    }

    private void merge(Tag tag, List<Descriptor> added) throws InterruptedException {
        ReentrantLock turn = TURNS.get(Math.floorMod((repository + ":" + tag).hashCode(), TURNS.size()));
        turn.lockInterruptibly();
        try {
            for (int attempt = 1; !merged(tag, added); attempt++) {
                if (attempt >= backoff.attempts()) {
                    throw new ReleaseException(
                            repository + ":" + tag + " was overwritten by somebody else " + attempt + " times.",
                            "Let only one job at a time write evidence about this image, then try again.");
                }
                backoff.pause(attempt, Duration.ZERO);
            }
        } finally {
            turn.unlock();
        }
    }

    /** One turn of read, merge, write and read back; false where somebody came between. */
    private boolean merged(Tag tag, List<Descriptor> added) throws InterruptedException {
        List<Descriptor> before = layers(tag);
        List<Descriptor> after = new ArrayList<>(before);
        added.stream().filter(layer -> !before.contains(layer)).forEach(after::add);
        if (after.equals(before)) {
            return true;
        }
        Blob config = Blob.of(MediaTypes.OCI_CONFIG, config(after));
        registry.push(repository, config);
        registry.put(repository, tag, ImageManifest.of(config.descriptor(), after, Map.of()));
        return new HashSet<>(layers(tag)).containsAll(after);
    }

    /** The configuration that cosign writes, of an image that was never run. */
    private static byte[] config(List<Descriptor> layers) {
        ObjectNode json = Json.object();
        json.put("architecture", "").put("created", "0001-01-01T00:00:00Z").put("os", "");
        ArrayNode history = json.putArray("history");
        ArrayNode diffIds = json.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        for (Descriptor layer : layers) {
            history.addObject().put("created", "0001-01-01T00:00:00Z");
            diffIds.add(layer.digest().toString());
        }
        json.putObject("config");
        return Json.write(json);
    }
}
