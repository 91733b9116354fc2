package io.jenkins.plugins.multiarch.plan;

/**
 * A version with the place where it is written.
 *
 * @param place a file, with the key in it where one was named
 * @param text as it is written there
 */
public record FoundVersion(String place, String text) {}
