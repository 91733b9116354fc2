package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds where evidence about an image lies. Only what refers to the image itself counts, never what refers to a referrer, so
 * circles do no harm.
 */
final class EvidencePlaces {
    /** Types of referrers that may be evidence; cosign 2 lists all of its own as the type of the empty configuration. */
    private static final Set<String> ARTIFACT_TYPES = Set.of(
            "",
            MediaTypes.OCI_EMPTY,
            "application/vnd.dev.cosign.artifact.sig.v1+json",
            "application/vnd.dev.cosign.artifact.att.v1+json",
            "application/vnd.in-toto+json");

    /** Of one image. */
    private static final int MAX_REFERRERS = 1000;

    private final Registry registry;
    private final Repository repository;
    private final CosignTags tags;

    EvidencePlaces(Registry registry, Repository repository, CosignTags tags) {
        this.registry = registry;
        this.repository = repository;
        this.tags = tags;
    }

    /** What the registry lists as referring to an image, and may be evidence. */
    List<Digest> referrers(Digest subject, Predicate<Descriptor> wanted) throws InterruptedException {
        return listed(subject, wanted).stream()
                .map(Descriptor::digest)
                .distinct()
                .toList();
    }

    /** The same as they are listed, with the annotations of each. */
    List<Descriptor> listed(Digest subject, Predicate<Descriptor> wanted) throws InterruptedException {
        List<Descriptor> listed = registry.referrers(repository, subject, "").stream()
                .filter(one -> BundleJson.isBundle(one.artifactType()) || ARTIFACT_TYPES.contains(one.artifactType()))
                .filter(wanted)
                .distinct()
                .toList();
        if (listed.size() > MAX_REFERRERS) {
            throw new ReleaseException(
                    repository + "@" + subject + " has " + listed.size() + " referrers that may be evidence.",
                    "No honest image has more than " + MAX_REFERRERS + "; delete those that do not belong there.");
        }
        return listed;
    }

    /** One of those; without layers where it is about something else than its list says. */
    EvidencePlace referrer(Digest subject, Digest referrer) throws InterruptedException {
        String name = referrer.toString();
        try {
            Optional<Manifest> manifest = registry.find(repository, referrer);
            if (manifest.isEmpty()) {
                return EvidencePlace.unusable(subject, name, "the registry lists it and does not have it");
            }
            boolean about = manifest.get()
                    .subject()
                    .filter(named -> named.digest().equals(subject))
                    .isPresent();
            return about && manifest.get() instanceof ImageManifest artifact
                    ? EvidencePlace.of(subject, name, artifact.layers())
                    : EvidencePlace.of(subject, name, List.of());
        } catch (ReleaseException e) {
            return unusable(subject, name, e);
        }
    }

    /** One of cosign's tags for an image. */
    EvidencePlace tag(Digest subject, String suffix) throws InterruptedException {
        if (!CosignTags.canHave(subject)) {
            return EvidencePlace.of(subject, suffix, List.of());
        }
        Tag tag = CosignTags.tag(subject, suffix);
        try {
            return EvidencePlace.of(subject, tag.toString(), tags.layers(tag));
        } catch (ReleaseException e) {
            return unusable(subject, tag.toString(), e);
        }
    }

    private static EvidencePlace unusable(Digest subject, String name, ReleaseException e) {
        if (!EvidencePlace.isOfContent(e)) {
            throw e;
        }
        return EvidencePlace.unusable(subject, name, StoredEvidence.clause(e));
    }
}
