package io.jenkins.plugins.multiarch.promote;

/**
 * What an image says of itself in annotations or labels ({@code org.opencontainers.image.…}), each empty where it says
 * nothing.
 *
 * @param version {@code …version}
 * @param created {@code …created}, or the time in its configuration (RFC 3339)
 * @param revision {@code …revision}, the commit it was built from
 */
public record ImageFacts(String version, String created, String revision) {}
