package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import io.jenkins.plugins.multiarch.registry.WorkPool.Work;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Every digest of an image that somebody can pull: itself, and the images of its index, nested ones too, but for
 * BuildKit's attestations.
 *
 * @param image what was named
 * @param children below it, each once, with the platforms that their indexes tell; none of a single image
 */
public record ImageSubjects(Repository repository, Descriptor image, List<Descriptor> children) {
    private static final int MAX_CHILDREN = 200;
    private static final int MAX_CONFIG = 4 << 20;
    private static final Set<String> CONFIGS = Set.of(MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG);

    public ImageSubjects {
        children = List.copyOf(children);
    }

    /**
     * Reads them from the registry, beginning with a tag or a digest.
     *
     * @throws ReleaseException if there is no such image, or it leads to more than 200 others, or one of its indexes lists more
     */
    public static ImageSubjects read(Registry registry, ImageRef image) throws InterruptedException {
        try (WorkPool pool = new WorkPool()) {
            return read(registry, image, pool, digest -> {});
        }
    }

    /**
     * As {@link #read(Registry, ImageRef)}, for those who have something to begin with each digest before all are known.
     *
     * @param met gets each of them once, in this thread
     */
    static ImageSubjects read(Registry registry, ImageRef image, WorkPool pool, Consumer<Digest> met)
            throws InterruptedException {
        Manifest manifest = registry.get(image);
        met.accept(manifest.digest());
        Map<Digest, Descriptor> children = new LinkedHashMap<>(Map.of(manifest.digest(), manifest.descriptor()));
        if (manifest instanceof ImageIndex index) {
            ImageRef root = ImageRef.of(image.repository(), index.digest());
            List<Descriptor> level = listed(root, index);
            while (!level.isEmpty()) {
                level = below(registry, root, unseen(root, level, children, met), pool);
            }
        }
        children.remove(manifest.digest());
        return new ImageSubjects(image.repository(), root(registry, image, manifest), List.copyOf(children.values()));
    }

    /** A single image says in its configuration for which platform it is. */
    private static Descriptor root(Registry registry, ImageRef image, Manifest manifest) throws InterruptedException {
        Descriptor root = manifest.descriptor();
        if (!(manifest instanceof ImageManifest single)
                || !CONFIGS.contains(single.config().mediaType())
                || single.config().size() > MAX_CONFIG) {
            return root;
        }
        try (InputStream in = registry.open(image.repository(), single.config())) {
            Platform platform = ImageConfig.parse(in.readAllBytes()).platform();
            return platform.isUnknown() ? root : root.withPlatform(platform);
        } catch (InterruptedIOException e) {
            throw Registry.interrupted(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A digest that was seen is not read again, so that indexes end even if a registry lists one inside itself. */
    private static List<Descriptor> unseen(
            ImageRef root, List<Descriptor> level, Map<Digest, Descriptor> seen, Consumer<Digest> met) {
        List<Descriptor> unseen = level.stream()
                .filter(child -> seen.putIfAbsent(child.digest(), child) == null)
                .toList();
        if (seen.size() > 1 + MAX_CHILDREN) {
            throw tooMany(root);
        }
        unseen.forEach(child -> met.accept(child.digest()));
        return unseen;
    }

    private static List<Descriptor> below(Registry registry, ImageRef root, List<Descriptor> level, WorkPool pool)
            throws InterruptedException {
        List<Work<List<Descriptor>>> work = new ArrayList<>();
        level.forEach(child -> work.add(() -> below(registry, root, child)));
        return pool.all(work).stream().flatMap(List::stream).toList();
    }

    /**
     * What a child leads to, if it is an index. Its bytes decide what somebody runs who pulls it, and its descriptor what a
     * policy asks of it, so they have to agree.
     */
    private static List<Descriptor> below(Registry registry, ImageRef root, Descriptor child)
            throws InterruptedException {
        ImageRef there = ImageRef.of(root.repository(), child.digest());
        Optional<Manifest> manifest = registry.find(there.repository(), child.digest());
        if (manifest.isEmpty() && !child.isIndex()) {
            return List.of(); // nobody can run it, and a policy asks for evidence all the same
        }
        Manifest found = manifest.isPresent() ? manifest.get() : registry.get(there);
        if (found instanceof ImageIndex != child.isIndex()) {
            throw new ReleaseException(
                    "The index " + root + " leads to " + child.digest() + " as '" + Shown.of(child.mediaType())
                            + "', and that is " + found.mediaType() + ".",
                    "Do not use it; no tool that builds images makes such an index.");
        }
        return found instanceof ImageIndex index ? listed(root, index) : List.of();
    }

    /** Without annotations, which may be long. What stands there twice counts twice, so that nothing hides behind it. */
    private static List<Descriptor> listed(ImageRef root, ImageIndex index) {
        List<Descriptor> images = index.images();
        if (images.size() > MAX_CHILDREN) {
            throw tooMany(root);
        }
        return images.stream()
                .map(child -> new Descriptor(
                        child.mediaType(), child.digest(), child.size(), "", child.platform(), Map.of(), List.of()))
                .toList();
    }

    private static ReleaseException tooMany(ImageRef root) {
        return new ReleaseException(
                "The index " + root + " leads to more than " + MAX_CHILDREN + " images.",
                "Attest or verify its images in several calls.");
    }

    public ImageRef reference() {
        return ImageRef.of(repository, image.digest());
    }

    /** The image first, then its children. */
    public List<Descriptor> all() {
        List<Descriptor> all = new ArrayList<>(children.size() + 1);
        all.add(image);
        all.addAll(children);
        return all;
    }

    /** How statements and tables name a subject: as it can be pulled. */
    Subject subject(Descriptor of) {
        return new Subject(repository + "@" + of.digest(), of.digest());
    }
}
