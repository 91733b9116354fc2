package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.attest.StoredEvidence.Attestation;
import io.jenkins.plugins.multiarch.attest.StoredEvidence.Signature;
import io.jenkins.plugins.multiarch.attest.StoredEvidence.Unreadable;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Reads the evidence that lies beside images of a repository: bundles as referrers, and what cosign keeps in referrers or
 * tags of its own. Only what refers to an image itself is read, never what refers to a referrer, so circles do no harm.
 *
 * <p>Whoever may write to the repository may have put anything there, so what cannot be read is evidence that proves
 * nothing, and not an error; but one reader takes in at most 1,000 referrers of an image and 256 MiB.
 */
final class EvidenceReader {
    /** Types of referrers that may be evidence; cosign 2 lists all of its own as the type of the empty configuration. */
    private static final Set<String> ARTIFACT_TYPES = Set.of(
            "",
            MediaTypes.OCI_EMPTY,
            "application/vnd.dev.cosign.artifact.sig.v1+json",
            "application/vnd.dev.cosign.artifact.att.v1+json",
            "application/vnd.in-toto+json");

    private static final Set<String> COSIGN_LAYERS = Set.of(CosignTags.DSSE, CosignTags.SIMPLE_SIGNING);

    private static final int MAX_REFERRERS = 1000;
    private static final long MAX_BYTES = 256L << 20;

    private final Registry registry;
    private final Repository repository;
    private final CosignTags tags;
    private final AtomicLong bytes = new AtomicLong();
    /** The same bundle refers to several images of an index. */
    private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();

    EvidenceReader(Registry registry, Repository repository, CosignTags tags) {
        this.registry = registry;
        this.repository = repository;
        this.tags = tags;
    }

    /** Bundles, and evidence in cosign's forms, that refer to an image. */
    List<StoredEvidence> referrers(Digest subject, Predicate<Descriptor> wanted) throws InterruptedException {
        List<Descriptor> listed = registry.referrers(repository, subject, "").stream()
                .filter(one -> BundleJson.isBundle(one.artifactType()) || ARTIFACT_TYPES.contains(one.artifactType()))
                .filter(wanted)
                .toList();
        if (listed.size() > MAX_REFERRERS) {
            throw new ReleaseException(
                    repository + "@" + subject + " has " + listed.size() + " referrers that may be evidence.",
                    "No honest image has more than " + MAX_REFERRERS + "; delete those that do not belong there.");
        }
        List<StoredEvidence> all = new ArrayList<>();
        for (Descriptor referrer : listed) {
            all.addAll(referrer(referrer, subject));
        }
        return all;
    }

    /** What lies in one of cosign's tags for an image. */
    List<StoredEvidence> tagged(Digest subject, String suffix) throws InterruptedException {
        if (!CosignTags.canHave(subject)) {
            return List.of();
        }
        Tag tag = CosignTags.tag(subject, suffix);
        try {
            return evidence(tag.toString(), tags.layers(tag));
        } catch (ReleaseException e) {
            return List.of(unreadable(tag.toString(), e));
        }
    }

    private List<StoredEvidence> referrer(Descriptor referrer, Digest subject) throws InterruptedException {
        String place = referrer.digest().toString();
        try {
            Optional<Manifest> manifest = registry.find(repository, referrer.digest());
            if (manifest.isEmpty()) {
                return List.of(new Unreadable(place, "the registry lists it and does not have it"));
            }
            boolean about = manifest.get()
                    .subject()
                    .filter(named -> named.digest().equals(subject))
                    .isPresent();
            return about && manifest.get() instanceof ImageManifest artifact
                    ? evidence(place, artifact.layers())
                    : List.of();
        } catch (ReleaseException e) {
            return List.of(unreadable(place, e));
        }
    }

    private List<StoredEvidence> evidence(String place, List<Descriptor> layers) throws InterruptedException {
        List<StoredEvidence> all = new ArrayList<>();
        for (Descriptor layer : layers.subList(0, Math.min(layers.size(), MAX_REFERRERS))) {
            boolean bundle = BundleJson.isBundle(layer.mediaType());
            if (!bundle && !COSIGN_LAYERS.contains(layer.mediaType())) {
                continue;
            }
            try {
                byte[] content = read(layer);
                all.add(bundle ? StoredEvidence.of(place, Bundle.parse(content)) : cosign(place, layer, content));
            } catch (Unusable e) {
                all.add(new Unreadable(place, e.getMessage()));
            } catch (ReleaseException e) {
                all.add(unreadable(place, e));
            }
        }
        return all;
    }

    private static StoredEvidence cosign(String place, Descriptor layer, byte[] content) {
        if (layer.mediaType().equals(CosignTags.DSSE)) {
            Envelope envelope = Envelope.parse(content);
            return new Attestation(place, CosignAnnotations.read(envelope, layer.annotations()), envelope);
        }
        byte[] signature = Base64Text.decode(
                layer.annotations().getOrDefault(CosignAnnotations.SIGNATURE, ""), "The signature of an image");
        MessageSignature message = new MessageSignature("", new byte[0], signature);
        return new Signature(place, CosignAnnotations.read(message, layer.annotations()), content);
    }

    private byte[] read(Descriptor blob) throws InterruptedException {
        byte[] known = blobs.get(blob.digest());
        if (known != null) {
            return known;
        }
        if (blob.size() > Bundle.MAX_SIZE) {
            throw new Unusable("it has " + blob.size() + " bytes");
        }
        if (bytes.addAndGet(blob.size()) > MAX_BYTES) {
            throw new Unusable("there is more evidence than " + MAX_BYTES + " bytes");
        }
        try (InputStream in = registry.open(repository, blob)) {
            byte[] content = in.readAllBytes();
            blobs.put(blob.digest(), content);
            return content;
        } catch (InterruptedIOException e) {
            throw Registry.interrupted(e);
        } catch (IOException e) {
            throw new Unusable("it broke off while it was read");
        }
    }

    /** What is missing in the registry, or no evidence at all, proves nothing; a registry that fails is another matter. */
    private static StoredEvidence unreadable(String place, ReleaseException e) {
        if (e instanceof RegistryException failure && failure.status() != 404) {
            throw failure;
        }
        return new Unreadable(place, StoredEvidence.clause(e));
    }

    /** One piece of evidence that is not to be had. */
    private static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable(String reason) {
            super(reason);
        }
    }
}
