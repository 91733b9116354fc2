package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.registry.WrongContentException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A manifest that holds evidence about a subject: a referrer, or one of cosign's tags.
 *
 * @param layers each once, with no more than evidence is made of
 * @param problem why nothing is to be had there, as a clause; empty where something is
 */
record EvidencePlace(Digest subject, String name, List<Descriptor> layers, String problem) {
    private static final Set<String> COSIGN_LAYERS = Set.of(CosignTags.DSSE, CosignTags.SIMPLE_SIGNING);

    /** With those layers alone that may be evidence. */
    static EvidencePlace of(Digest subject, String name, List<Descriptor> layers) {
        List<Descriptor> evidence = layers.stream()
                .filter(layer -> BundleJson.isBundle(layer.mediaType()) || COSIGN_LAYERS.contains(layer.mediaType()))
                .map(EvidencePlace::bare)
                .distinct()
                .toList();
        return new EvidencePlace(subject, name, evidence, "");
    }

    private static Descriptor bare(Descriptor layer) {
        Map<String, String> annotations =
                BundleJson.isBundle(layer.mediaType()) ? Map.of() : CosignAnnotations.known(layer.annotations());
        return Descriptor.of(layer.mediaType(), layer.digest(), layer.size()).withAnnotations(annotations);
    }

    static EvidencePlace unusable(Digest subject, String name, String problem) {
        return new EvidencePlace(subject, name, List.of(), problem);
    }

    /**
     * Whether a refusal says something about what lies there: it is missing, or no evidence, which proves nothing. That a
     * registry fails is another matter.
     */
    static boolean isOfContent(ReleaseException e) {
        return !(e instanceof RegistryException failure)
                || failure.status() == 404
                || failure instanceof WrongContentException;
    }
}
