package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.util.List;
import java.util.Set;

/**
 * A manifest that holds evidence about a subject: a referrer, or one of cosign's tags.
 *
 * @param problem why nothing is to be had there, as a clause; empty where something is
 */
record EvidencePlace(Digest subject, String name, List<Descriptor> layers, String problem) {
    private static final int MAX_LAYERS = 1000;
    private static final Set<String> COSIGN_LAYERS = Set.of(CosignTags.DSSE, CosignTags.SIMPLE_SIGNING);

    /** With those layers alone that may be evidence. */
    static EvidencePlace of(Digest subject, String name, List<Descriptor> layers) {
        List<Descriptor> evidence = layers.stream()
                .filter(layer -> BundleJson.isBundle(layer.mediaType()) || COSIGN_LAYERS.contains(layer.mediaType()))
                .limit(MAX_LAYERS)
                .toList();
        return new EvidencePlace(subject, name, evidence, "");
    }

    static EvidencePlace unusable(Digest subject, String name, String problem) {
        return new EvidencePlace(subject, name, List.of(), problem);
    }

    /** What is missing in the registry, or no evidence at all, proves nothing; a registry that fails is another matter. */
    static EvidencePlace unusable(Digest subject, String name, ReleaseException e) {
        return unusable(subject, name, reason(e));
    }

    static String reason(ReleaseException e) {
        if (e instanceof RegistryException failure && failure.status() != 404) {
            throw failure;
        }
        return StoredEvidence.clause(e);
    }
}
