package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;

/** Told how far a blob has come, in either direction; called often and from several threads. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (blob, bytes) -> {};

    /** So many bytes of this blob have been moved. */
    void moved(Descriptor blob, long bytes);
}
