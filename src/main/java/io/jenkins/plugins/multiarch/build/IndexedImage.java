package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image found for an index, with its real platform.
 *
 * @param source where it lies now, unless in no registry yet
 * @param image its descriptor as the index shall have it
 * @param attestations the descriptors of BuildKit's attestations of it
 */
record IndexedImage(Optional<Repository> source, Platform platform, Descriptor image, List<Descriptor> attestations) {

    /** The images among the descriptors of an index, each with its attestations. */
    static List<IndexedImage> listed(List<Descriptor> children) {
        ImageIndex index = ImageIndex.of(children, Map.of());
        return index.images().stream()
                .map(image -> new IndexedImage(
                        Optional.empty(), platform(image), image, index.attestationsOf(image.digest())))
                .toList();
    }

    private static Platform platform(Descriptor image) {
        return image.platform()
                .filter(platform -> !platform.isUnknown())
                .orElseThrow(() -> new ReleaseException(
                        image.digest() + " does not say which platform it is for.",
                        "Build it again with a tool that writes 'os' and 'architecture' into the configuration."));
    }

    Digest digest() {
        return image.digest();
    }

    /** Where it is, for refusals. */
    String place() {
        return source.map(repository -> repository + "@").orElse("") + digest();
    }

    PublishedPlatform published() {
        return new PublishedPlatform(
                platform,
                image.digest(),
                image.size(),
                attestations.stream().map(Descriptor::digest).toList());
    }
}
