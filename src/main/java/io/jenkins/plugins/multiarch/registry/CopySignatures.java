package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds cosign's signatures, attestations and SBOMs by their tags, {@code sha256-<hex>.sig} and the like. */
final class CopySignatures {
    private static final List<String> SUFFIXES = List.of(".sig", ".att", ".sbom");
    private static final int MAX_TAG = 128;

    private final Registry registry;
    private final Repository source;
    private final Repository target;
    /** The tags of the source, where it told them: one request instead of three for every manifest. */
    private final Optional<Set<Tag>> tags;

    /**
     * What a tag of the source leads to.
     *
     * @param writes whether the target's tag has to be set to it
     */
    record Signature(Tag tag, Manifest manifest, boolean writes) {}

    CopySignatures(Registry registry, Repository source, Repository target) throws InterruptedException {
        this.registry = registry;
        this.source = source;
        this.target = target;
        this.tags = tagsOf(source);
    }

    /** Some registries let a repository be read but not listed. */
    private Optional<Set<Tag>> tagsOf(Repository repository) throws InterruptedException {
        try {
            return Optional.of(new HashSet<>(registry.tags(repository)));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    List<Signature> of(Digest image) throws InterruptedException {
        List<Signature> found = new ArrayList<>();
        for (String suffix : SUFFIXES) {
            String name = image.algorithm() + "-" + image.hex() + suffix;
            if (name.length() <= MAX_TAG) {
                of(new Tag(name)).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<Signature> of(Tag tag) throws InterruptedException {
        if (tags.isPresent() && !tags.get().contains(tag)) {
            return Optional.empty();
        }
        Optional<Manifest> ours = registry.find(source, tag);
        return ours.isEmpty() ? Optional.empty() : Optional.of(compared(tag, ours.get()));
    }

    /**
     * Whether the target's tag has to be set.
     *
     * @throws ReleaseException if something would be lost by that
     */
    Signature compared(Tag tag, Manifest ours) throws InterruptedException {
        Optional<Descriptor> there = registry.head(target, tag);
        if (there.isEmpty()) {
            return new Signature(tag, ours, true);
        }
        if (there.get().digest().equals(ours.digest())) {
            return new Signature(tag, ours, false);
        }
        Optional<Manifest> theirs = registry.find(target, tag);
        Set<Descriptor> kept =
                new HashSet<>(theirs.map(CopySignatures::statements).orElse(List.of()));
        Set<Descriptor> brought = new HashSet<>(statements(ours));
        if (!brought.containsAll(kept) && !kept.containsAll(brought)) {
            throw new ReleaseException(
                    target + ":" + tag + " holds other signatures or attestations than " + source + ":" + tag
                            + ", so that copying would lose some.",
                    "Copy the image without its referrers, or delete that tag of " + target + " first.");
        }
        return new Signature(tag, ours, brought.containsAll(kept));
    }

    /** cosign keeps one statement a layer, and what signs it in the layer's annotations. */
    private static List<Descriptor> statements(Manifest manifest) {
        return manifest instanceof ImageManifest image ? image.layers() : manifest.children();
    }
}
