package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which images a scanner's document may be attested of, so that what was seen in one is never said of another. */
final class DocumentedImages {
    private final Registry registry;
    private final ImageSubjects image;
    private final Map<Digest, Set<Digest>> names = new HashMap<>();

    DocumentedImages(Registry registry, ImageSubjects image) {
        this.registry = registry;
        this.image = image;
    }

    /**
     * Those that a document is of, where nobody said its platform: the ones that it names; all, where there is but one.
     *
     * @throws ReleaseException if it is of something else, or could be of any of several images
     */
    List<Descriptor> of(ImageDocument document) throws InterruptedException {
        List<Descriptor> named = named(document);
        if (!named.isEmpty()) {
            return named;
        }
        if (!mayBeOfAny(document)) {
            throw refused(document, image.image());
        }
        if (images().size() > 1) {
            throw new ReleaseException(
                    document.what() + " is of one image, and does not say of which of the " + images().size() + " in "
                            + image.reference() + ".",
                    "Put its platform before it, as in linux/arm64=scan.json.");
        }
        return image.all();
    }

    /** @throws ReleaseException if a document says that it is of something else than this image */
    void refuseUnlessOf(ImageDocument document, Descriptor asked) throws InterruptedException {
        List<Descriptor> named = named(document);
        if (named.isEmpty() ? !mayBeOfAny(document) : !named.contains(asked)) {
            throw refused(document, asked);
        }
    }

    private List<Descriptor> named(ImageDocument document) throws InterruptedException {
        List<Descriptor> named = new ArrayList<>();
        if (!document.images().isEmpty()) {
            for (Descriptor one : images()) {
                if (!Collections.disjoint(names(one), document.images())) {
                    named.add(one);
                }
            }
        }
        return named;
    }

    /** Of a document that names none of the images: whether it names their index, or nothing. */
    private boolean mayBeOfAny(ImageDocument document) {
        return document.images().isEmpty()
                || image.all().stream().map(Descriptor::digest).anyMatch(document.images()::contains);
    }

    /** What can be scanned: no index. */
    private List<Descriptor> images() {
        return image.children().isEmpty()
                ? List.of(image.image())
                : image.children().stream().filter(child -> !child.isIndex()).toList();
    }

    /** The digests that mean this image alone: its own, and its configuration's, which is the image ID. */
    private Set<Digest> names(Descriptor one) throws InterruptedException {
        if (!names.containsKey(one.digest())) {
            Set<Digest> all = new HashSet<>(Set.of(one.digest()));
            Optional<Manifest> manifest = registry.find(image.repository(), one.digest());
            if (manifest.isPresent() && manifest.get() instanceof ImageManifest single) {
                all.add(single.config().digest());
            }
            names.put(one.digest(), all);
        }
        return names.get(one.digest());
    }

    private static ReleaseException refused(ImageDocument document, Descriptor asked) {
        return new ReleaseException(
                document.what() + " is about "
                        + new TreeSet<>(document.images())
                                .stream().map(Digest::toString).collect(Collectors.joining(", "))
                        + " and not about " + asked.digest() + ".",
                "Make it of the image that is attested, or attest the image that it was made of.");
    }
}
