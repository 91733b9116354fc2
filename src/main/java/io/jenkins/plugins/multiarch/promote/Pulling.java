package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks whether images can still be pulled as a whole: every manifest below them, every configuration and every layer. */
final class Pulling {
    /** Indexes in indexes, deeper than which nobody looks. */
    private static final int MAX_LEVELS = 4;
    /** Manifests, configurations and layers of one image. */
    private static final int MAX_PARTS = 20_000;

    private final Registry registry;

    Pulling(Registry registry) {
        this.registry = registry;
    }

    /** Refuses with all that is missing of any of these. */
    void refuseUnlessWhole(Collection<ImageRef> images) throws InterruptedException {
        Problems problems = new Problems();
        try (WorkPool pool = new WorkPool()) {
            for (ImageRef image : images) {
                Set<Descriptor> blobs = new HashSet<>();
                Optional<Manifest> manifest = registry.find(image.repository(), image.requireDigest());
                if (manifest.isEmpty()) {
                    problems.add(missing(image, "manifest", image.requireDigest()));
                    continue;
                }
                addBlobs(image, List.of(manifest.get()), blobs, problems, pool);
                Repository repository = image.repository();
                List<WorkPool.Work<Optional<Digest>>> work = new ArrayList<>();
                blobs.forEach(blob -> work.add(() ->
                        registry.hasBlob(repository, blob.digest()) ? Optional.empty() : Optional.of(blob.digest())));
                pool.all(work).forEach(gone -> gone.ifPresent(digest -> problems.add(missing(image, "blob", digest))));
            }
        }
        problems.refuse();
    }

    private void addBlobs(ImageRef image, List<Manifest> roots, Set<Descriptor> blobs, Problems problems, WorkPool pool)
            throws InterruptedException {
        Set<Digest> seen = new HashSet<>();
        List<Manifest> level = roots;
        for (int depth = 0; depth <= MAX_LEVELS && !level.isEmpty(); depth++) {
            List<Descriptor> below = new ArrayList<>();
            for (Manifest manifest : level) {
                for (Descriptor child : manifest.children()) {
                    boolean isManifest = manifest instanceof ImageIndex && MediaTypes.isManifest(child.mediaType());
                    if (isManifest && seen.add(child.digest())) {
                        below.add(child);
                    } else if (!isManifest && child.urls().isEmpty()) {
                        blobs.add(child);
                    }
                }
            }
            refuseTooMany(image, seen.size() + blobs.size());
            List<WorkPool.Work<Optional<Manifest>>> work = new ArrayList<>();
            below.forEach(child -> work.add(() -> registry.find(image.repository(), child.digest())));
            List<Optional<Manifest>> found = pool.all(work);
            level = new ArrayList<>();
            for (int i = 0; i < below.size(); i++) {
                if (found.get(i).isPresent()) {
                    level.add(found.get(i).get());
                } else {
                    problems.add(missing(image, "manifest", below.get(i).digest()));
                }
            }
        }
    }

    private static void refuseTooMany(ImageRef image, int parts) {
        if (parts > MAX_PARTS) {
            throw new ReleaseException(
                    image + " has more than " + MAX_PARTS + " parts.",
                    "No image needs that many; look what was pushed.");
        }
    }

    private static ReleaseException missing(ImageRef image, String what, Digest digest) {
        return new ReleaseException(
                image + " cannot be pulled any more: its " + what + " " + digest + " is gone.",
                "Go back to another release, or push this one again from a copy that is whole.");
    }
}
