package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The evidence beside an image as its labels name it, for people to look at. Nobody has verified any of it: whoever may write
 * to the repository may have put it there.
 *
 * @param types of predicates, each once and in order, by the words of policies where there are any
 * @param builds what provenance about the image calls the builds that made it ({@code runDetails.metadata.invocationId}, SLSA
 *     provenance v1), each once and in order
 */
public record EvidenceBeside(List<String> types, List<String> builds) {
    private static final String UNLABELLED = "of no stated type";
    /** Characters; none of a build's addresses is longer. */
    private static final int MAX_BUILD = 2_000;

    private static final Predicate<Descriptor> PROVENANCE = ExistingEvidence.mayBe(Set.of(PredicateTypes.PROVENANCE));

    public EvidenceBeside {
        types = List.copyOf(types);
        builds = List.copyOf(builds);
    }

    /**
     * Reads the lists of referrers, cosign's tags, and provenance; nothing else of what evidence holds.
     *
     * @throws ReleaseException if the registry fails, or lists more than any honest image has
     */
    public static EvidenceBeside read(Registry registry, ImageRef image) throws InterruptedException {
        Digest subject = image.requireDigest();
        CosignTags tags = new CosignTags(registry, image.repository(), Backoff.DEFAULT);
        EvidencePlaces places = new EvidencePlaces(registry, image.repository(), tags);
        TreeSet<String> types = new TreeSet<>();
        for (Descriptor listed : places.listed(subject, any -> true)) {
            types.add(word(listed.annotations().get(BundleReferrers.PREDICATE_TYPE)));
        }
        if (!layers(tags, subject, CosignTags.SIGNATURES).isEmpty()) {
            types.add(word(PredicateTypes.COSIGN_SIGNATURE));
        }
        for (Descriptor layer : layers(tags, subject, CosignTags.ATTESTATIONS)) {
            types.add(word(layer.annotations().get(CosignAnnotations.PREDICATE_TYPE)));
        }
        return new EvidenceBeside(List.copyOf(types), builds(registry, image));
    }

    private static List<Descriptor> layers(CosignTags tags, Digest subject, String suffix) throws InterruptedException {
        try {
            return CosignTags.canHave(subject) ? tags.layers(CosignTags.tag(subject, suffix)) : List.of();
        } catch (ReleaseException e) {
            if (!EvidencePlace.isOfContent(e)) {
                throw e;
            }
            return List.of();
        }
    }

    private static String word(String type) {
        return type == null ? UNLABELLED : Shown.of(EvidenceType.word(type));
    }

    private static List<String> builds(Registry registry, ImageRef image) throws InterruptedException {
        Digest subject = image.requireDigest();
        try (WorkPool pool = new WorkPool()) {
            EvidenceReader reader = new EvidenceReader(registry, image.repository(), pool, PROVENANCE);
            reader.begin(subject, StorageForm.BUNDLE);
            Map<Digest, List<Optional<String>>> found =
                    reader.read(List.of(registry.get(image).descriptor()), evidence -> build(evidence, subject));
            return found.values().stream()
                    .flatMap(List::stream)
                    .flatMap(Optional::stream)
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private static Function<EvidencePlace, Optional<String>> build(StoredEvidence evidence, Digest subject) {
        Optional<String> build = Stream.of(evidence)
                .filter(StoredEvidence.Attestation.class::isInstance)
                .map(StoredEvidence.Attestation.class::cast)
                .flatMap(attestation -> attestation.statement().stream())
                .filter(statement ->
                        statement.isAbout(subject) && EvidenceType.PROVENANCE.includes(statement.predicateType()))
                .map(statement -> Shown.plain(statement
                        .predicateJson()
                        .at("/runDetails/metadata/invocationId")
                        .asText("")))
                .filter(id -> !id.isBlank() && id.length() <= MAX_BUILD)
                .findFirst();
        return place -> build;
    }
}
