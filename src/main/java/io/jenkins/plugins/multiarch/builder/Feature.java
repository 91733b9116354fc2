package io.jenkins.plugins.multiarch.builder;

import java.util.Locale;

/** What some builders can do and some cannot. */
public enum Feature {
    /** Write an OCI archive; without it the image goes through the daemon's own store. */
    OCI_OUTPUT,
    /** Let a name in FROM or {@code --from} stand for a folder or another image. */
    NAMED_CONTEXTS,
    /** Take layers from a cache in a registry. */
    CACHE_READ,
    /** Write a cache into a registry. */
    CACHE_WRITE,
    /** Put annotations on the manifest; without it we put them there ourselves. */
    ANNOTATIONS,
    /** Write a file about what was built. */
    METADATA;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
