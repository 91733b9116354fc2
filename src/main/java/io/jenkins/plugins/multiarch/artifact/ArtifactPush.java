package io.jenkins.plugins.multiarch.artifact;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Pushes files as an artifact, or a Helm chart. Everything is read and checked before anything is sent; tags come last. Doing
 * it again changes nothing.
 */
public final class ArtifactPush {
    /** Under which name a file is pulled again (OCI image-spec 1.1, "Pre-Defined Annotation Keys"). */
    private static final String TITLE = "org.opencontainers.image.title";

    /** Bytes. */
    private static final int MAX_MANIFEST = 4 << 20;

    private final Registry registry;
    private final Consumer<String> log;

    /** @param log gets one line for each change to the registry */
    public ArtifactPush(Registry registry, Consumer<String> log) {
        this.registry = registry;
        this.log = log;
    }

    /** Pushes files with the empty configuration. */
    public PushedArtifact push(ArtifactRequest request) throws IOException, InterruptedException {
        Map<String, Blob> files = new LinkedHashMap<>();
        for (ArtifactFile file : request.files()) {
            files.put(file.title(), FileBlob.of(file.path(), file.mediaType(), Map.of(TITLE, file.title())));
        }
        Optional<Descriptor> subject = Optional.empty();
        if (request.subject().isPresent()) {
            Manifest about = registry.get(request.subject().get());
            subject = Optional.of(new Descriptor(
                    about.mediaType(),
                    about.digest(),
                    about.bytes().length,
                    "",
                    Optional.empty(),
                    Map.of(),
                    List.of()));
        }
        ImageManifest manifest = ImageManifest.artifact(
                request.artifactType(),
                files.values().stream().map(Blob::descriptor).toList(),
                subject,
                request.annotations());
        Blob config = Blob.of(MediaTypes.OCI_EMPTY, EmptyBlob.bytes());
        return push(request.repository(), request.tags(), request.immutableTags(), manifest, config, files);
    }

    /**
     * Pushes a Helm chart under its version, as {@code helm push} does but for the date of the push, which would give other
     * bytes each time.
     */
    public PushedArtifact push(ChartRequest request) throws IOException, InterruptedException {
        Chart chart = Chart.read(request.chart());
        Tag tag = request.checkedTag(chart);
        Map<String, Blob> files = new LinkedHashMap<>();
        files.put(
                chart.name() + "-" + chart.version() + ".tgz",
                FileBlob.of(request.chart(), Chart.CONTENT_TYPE, Map.of()));
        Blob config = Blob.of(Chart.CONFIG_TYPE, chart.config());
        ImageManifest manifest = ImageManifest.of(
                config.descriptor(),
                files.values().stream().map(Blob::descriptor).toList(),
                chart.annotations());
        return push(request.repository(), List.of(tag), request.immutableTag(), manifest, config, files);
    }

    private PushedArtifact push(
            Repository repository,
            List<Tag> tags,
            boolean immutable,
            ImageManifest manifest,
            Blob config,
            Map<String, Blob> files)
            throws InterruptedException {
        refuseLarge(manifest);
        if (immutable) {
            for (Tag tag : tags) {
                refuseMoved(repository, tag, registry.head(repository, tag).map(Descriptor::digest), manifest);
            }
        }
        List<Blob> blobs = new ArrayList<>(files.values());
        blobs.add(config);
        for (Blob blob : blobs) {
            registry.push(repository, blob);
        }
        ImageRef reference = ImageRef.of(repository, manifest.digest());
        boolean isThere = registry.head(repository, manifest.digest()).isPresent();
        registry.put(repository, manifest.digest(), manifest);
        if (!isThere) {
            log.accept("Pushed " + reference + ".");
        }
        setAll(repository, tags, immutable, manifest);
        return new PushedArtifact(reference, manifest.artifactType(), tags, files);
    }

    private void setAll(Repository repository, List<Tag> tags, boolean immutable, ImageManifest manifest)
            throws InterruptedException {
        List<String> done = new ArrayList<>();
        for (Tag tag : tags) {
            try {
                set(repository, tag, immutable, manifest);
            } catch (ReleaseException e) {
                if (done.isEmpty()) {
                    throw e;
                }
                throw new ReleaseException(
                        "Not every tag was set, but " + String.join(", ", done) + ": " + e.fact(),
                        e.cure() + " Pushing again sets what is left.",
                        e);
            }
            done.add(repository + ":" + tag);
        }
    }

    private void set(Repository repository, Tag tag, boolean immutable, ImageManifest manifest)
            throws InterruptedException {
        Registry.Swap swap = registry.swap(
                repository, tag, now -> !immutable || now.isEmpty() || now.get().equals(manifest.digest()), manifest);
        if (!swap.done()) {
            refuseMoved(repository, tag, swap.found(), manifest);
        }
        String name = repository + ":" + tag;
        if (swap.found().isEmpty()) {
            log.accept("Added " + name + " at " + manifest.digest() + ".");
        } else if (swap.found().get().equals(manifest.digest())) {
            log.accept("Kept " + name + ": already at " + manifest.digest() + ".");
        } else {
            log.accept("Moved " + name + " from " + swap.found().get() + " to " + manifest.digest() + ".");
        }
    }

    private static void refuseMoved(Repository repository, Tag tag, Optional<Digest> found, ImageManifest manifest) {
        if (found.isPresent() && !found.get().equals(manifest.digest())) {
            throw new ReleaseException(
                    "The tag " + repository + ":" + tag + " leads to another artifact already, " + found.get() + ".",
                    "Push under a new version, or allow tags to be moved.");
        }
    }

    /** Registries need not take more (OCI distribution-spec 1.1, "Pushing Manifests"). */
    private static void refuseLarge(ImageManifest manifest) {
        int size = manifest.bytes().length;
        if (size > MAX_MANIFEST) {
            throw new ReleaseException(
                    "The manifest of the artifact would have " + size + " bytes, and registries take 4 MiB.",
                    "Give fewer or shorter annotations, or fewer files.");
        }
    }
}
