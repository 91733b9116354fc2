package io.jenkins.plugins.multiarch.staging;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Platform;
import java.util.List;

/**
 * The image of one platform, taken out of an image for several.
 *
 * @param listed its descriptor as the index has it
 * @param indexes those between it and the image it was taken out of, which holds them too
 * @param attestations BuildKit's attestations of it
 */
record PlatformImage(
        Platform platform,
        Descriptor listed,
        ImageManifest image,
        List<ImageIndex> indexes,
        List<Descriptor> attestations) {

    PlatformImage {
        indexes = List.copyOf(indexes);
        attestations = List.copyOf(attestations);
    }
}
