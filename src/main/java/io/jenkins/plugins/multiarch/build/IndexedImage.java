package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import java.util.List;
import java.util.Optional;

/**
 * An image found for an index, with its real platform.
 *
 * @param source where it lies now, unless in no registry yet
 * @param image its descriptor as the index shall have it
 * @param attestations the descriptors of BuildKit's attestations of it
 */
record IndexedImage(Optional<Repository> source, Platform platform, Descriptor image, List<Descriptor> attestations) {

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
