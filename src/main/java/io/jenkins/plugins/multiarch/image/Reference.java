package io.jenkins.plugins.multiarch.image;

/** What names one manifest inside a repository: a {@link Tag}, which may move, or a {@link Digest}, which cannot. */
public sealed interface Reference permits Tag, Digest {

    /** As it stands in a request path: {@code 1.4} or {@code sha256:…}. */
    @Override
    String toString();
}
