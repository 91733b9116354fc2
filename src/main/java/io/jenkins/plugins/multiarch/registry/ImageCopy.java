package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Reference;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Copies an image with everything below it, byte for byte: nested indexes, manifests, configurations, layers, and on
 * request all that was said about any of them.
 *
 * <p>What the target has is not sent. Parts are written before what lists them and tags last, so that a copy that breaks
 * off leaves no tag that leads nowhere, and can simply be repeated.
 */
public final class ImageCopy {
    private final Registry registry;
    private final Consumer<String> log;

    /** @param log gets one line for each outward effect */
    public ImageCopy(Registry registry, Consumer<String> log) {
        this.registry = registry;
        this.log = log;
    }

    /**
     * Copies one image, to the same repository (which only sets the tags), another one, or another registry.
     *
     * @param tags what to call it at the target; none to have it there by its digest alone
     */
    public CopyReport copy(Repository source, Reference reference, Repository target, List<Tag> tags, CopyScope scope)
            throws InterruptedException {
        Manifest root = registry.get(ImageRef.of(source, reference));
        CopyReport report = source.equals(target)
                ? new CopyReport(root.digest(), 0, 0, 0, 0, 0, 0)
                : copyContent(root, source, target, scope, tags.isEmpty() || scope == CopyScope.REFERRERS);
        for (Tag tag : tags) {
            tag(target, tag, root);
            log.accept("Tagged " + target + ":" + tag + " as " + root.digest() + ".");
        }
        return report;
    }

    /**
     * How many bytes of layers and configurations a copy would send now; reads, and writes nothing. Inside one registry
     * blobs are mounted, which sends none unless it refuses.
     */
    public long bytesToSend(Repository source, Manifest root, Repository target, CopyScope scope)
            throws InterruptedException {
        if (source.registry().equals(target.registry())) {
            return 0;
        }
        try (WorkPool pool = new WorkPool()) {
            CopyPlan plan = new CopySurvey(registry, source, target, scope, log).from(root, pool);
            return new CopyBlobs(registry, source, target).bytesLacking(plan.manifests(), pool);
        }
    }

    /**
     * Points a tag at a manifest whose parts are in the repository, and reads it back.
     *
     * @throws ReleaseException if the tag leads elsewhere afterwards
     */
    public void tag(Repository repository, Tag tag, Manifest manifest) throws InterruptedException {
        RegistryException refusal = null;
        try {
            registry.put(repository, tag, manifest);
        } catch (RegistryException e) {
            // A registry with immutable tags refuses to write even what stands there already.
            refusal = e;
        }
        Optional<Digest> now = registry.head(repository, tag).map(Descriptor::digest);
        boolean stands = now.filter(manifest.digest()::equals).isPresent();
        if (!stands && refusal != null) {
            throw refusal;
        }
        if (!stands) {
            throw new ReleaseException(
                    repository + ":" + tag + " was set to " + manifest.digest() + " but leads to "
                            + now.map(Digest::toString).orElse("nothing") + " now.",
                    "Somebody else moves this tag at the same time; find out who, then set it again.");
        }
    }

    /** @param rootToo whether the root is written by its digest; if not, it comes with its first tag */
    private CopyReport copyContent(
            Manifest root, Repository source, Repository target, CopyScope scope, boolean rootToo)
            throws InterruptedException {
        try (WorkPool pool = new WorkPool()) {
            CopySurvey survey = new CopySurvey(registry, source, target, scope, log);
            CopyPlan plan = survey.from(root, pool);
            CopyBlobs blobs = new CopyBlobs(registry, source, target);
            blobs.bring(plan.manifests(), pool);
            for (List<Manifest> group : plan.groups()) {
                write(rootToo ? group : without(root, group), target, pool);
            }
            for (Map.Entry<Tag, Manifest> signature : plan.signatures().entrySet()) {
                if (survey.stillWrites(signature.getKey(), signature.getValue())) {
                    tag(target, signature.getKey(), signature.getValue());
                }
            }
            for (Map.Entry<Digest, Set<Digest>> subject : plan.referrers().entrySet()) {
                confirmReferrers(subject.getKey(), subject.getValue(), plan, target);
            }
            CopyReport report = blobs.report(root.digest(), plan.manifests().size(), plan.referrerCount());
            logCopied(report, source, target);
            return report;
        }
    }

    private static List<Manifest> without(Manifest root, List<Manifest> group) {
        return group.stream()
                .filter(manifest -> !manifest.digest().equals(root.digest()))
                .toList();
    }

    /** Referrers go one after the other: where there is no referrers API they all change the same fallback tag. */
    private void write(List<Manifest> group, Repository target, WorkPool pool) throws InterruptedException {
        List<Manifest> plain =
                group.stream().filter(manifest -> manifest.subject().isEmpty()).toList();
        pool.each(plain, manifest -> registry.put(target, manifest.digest(), manifest));
        for (Manifest manifest : group) {
            if (manifest.subject().isPresent()) {
                registry.put(target, manifest.digest(), manifest);
            }
        }
    }

    /** A fallback tag is not safe against two who write at once, so what was lost is written once more. */
    private void confirmReferrers(Digest subject, Set<Digest> expected, CopyPlan plan, Repository target)
            throws InterruptedException {
        for (Digest lost : unlisted(subject, expected, target)) {
            registry.put(target, lost, plan.manifest(lost));
        }
        Set<Digest> missing = unlisted(subject, expected, target);
        if (!missing.isEmpty()) {
            throw new ReleaseException(
                    target + " does not list " + missing.iterator().next() + " as a referrer of " + subject
                            + ", although it was written there.",
                    "Somebody else changes the referrers at the same time; copy again.");
        }
    }

    private Set<Digest> unlisted(Digest subject, Set<Digest> expected, Repository target) throws InterruptedException {
        Set<Digest> missing = new HashSet<>(expected);
        missing.removeAll(registry.referrers(target, subject, "").stream()
                .map(Descriptor::digest)
                .collect(Collectors.toSet()));
        return missing;
    }

    private void logCopied(CopyReport report, Repository source, Repository target) {
        if (report.manifests() > 0) {
            log.accept(String.format(
                    Locale.ROOT,
                    "Copied %s@%s to %s: %d manifests (%d of them referrers), %d blobs mounted, %d sent (%.1f MB), %d"
                            + " there before.",
                    source,
                    report.digest(),
                    target,
                    report.manifests(),
                    report.referrers(),
                    report.blobsMounted(),
                    report.blobsUploaded(),
                    report.bytesUploaded() / 1e6,
                    report.blobsPresent()));
        }
    }
}
