package io.jenkins.plugins.multiarch.registry;

/** How much goes along when an image is copied. */
public enum CopyScope {
    /** The image alone: index, manifests, configurations, layers, and the attestations its index lists. */
    IMAGE,
    /**
     * The image and what others say about it and about each of its parts: referrers, referrers of referrers, and the
     * tags of cosign ({@code sha256-….sig}, {@code .att}, {@code .sbom}).
     */
    REFERRERS
}
