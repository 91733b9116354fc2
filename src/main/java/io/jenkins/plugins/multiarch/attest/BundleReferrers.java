package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts Sigstore bundles beside manifests as OCI 1.1 referrers, with the annotations that Sigstore's tools look for. */
final class BundleReferrers {
    static final String PREDICATE_TYPE = "dev.sigstore.bundle.predicateType";

    private final Registry registry;
    private final Repository repository;
    private final Clock clock;

    BundleReferrers(Registry registry, Repository repository, Clock clock) {
        this.registry = registry;
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * Sends the bytes of bundles, once for all manifests that they will refer to.
     *
     * @param bundles with whether each is new, so that the registry cannot have it
     */
    void push(Map<Bundle, Boolean> bundles, WorkPool pool) throws InterruptedException {
        if (bundles.isEmpty()) {
            return;
        }
        Map<Blob, Boolean> blobs = new LinkedHashMap<>();
        blobs.put(Blob.of(MediaTypes.OCI_EMPTY, EmptyBlob.bytes()), false);
        bundles.forEach((bundle, isNew) -> blobs.put(Blob.of(Bundle.MEDIA_TYPE, bundle.toBytes()), isNew));
        pool.each(blobs.entrySet(), blob -> {
            if (blob.getValue()) {
                registry.pushNew(repository, blob.getKey());
            } else {
                registry.push(repository, blob.getKey());
            }
        });
    }

    /** Makes a bundle that was pushed refer to a manifest. */
    StoredAttestation refer(Bundle bundle, String predicateType, Descriptor subject) throws InterruptedException {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(
                "org.opencontainers.image.created",
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        annotations.put("dev.sigstore.bundle.content", "dsse-envelope");
        annotations.put(PREDICATE_TYPE, predicateType);
        Descriptor about = Descriptor.of(subject.mediaType(), subject.digest(), subject.size());
        ImageManifest referrer = ImageManifest.artifact(
                Bundle.MEDIA_TYPE,
                List.of(Descriptor.of(Bundle.MEDIA_TYPE, bundle.toBytes())),
                Optional.of(about),
                annotations);
        registry.put(repository, referrer.digest(), referrer);
        return new StoredAttestation(
                subject.digest(), predicateType, referrer.digest().toString(), true);
    }
}
