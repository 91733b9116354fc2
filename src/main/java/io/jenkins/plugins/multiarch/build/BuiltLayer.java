package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.util.Optional;

/**
 * A layer of an image that was built: one of its base, or one that was made.
 *
 * @param descriptor as the manifest has it, compressed
 * @param diffId its digest without compression
 * @param content the compressed bytes
 * @param origin the repository that has it, from which it can be mounted
 */
record BuiltLayer(Descriptor descriptor, Digest diffId, Blob.Source content, Optional<Repository> origin) {

    Blob blob() {
        return Blob.of(descriptor, content);
    }
}
