/**
 * Hands an image between stages, jobs and machines as files: one OCI archive for each platform, made where the platform was
 * built, and a small record that says which they are. Joined again, they are the image that was staged, digest for digest.
 */
package io.jenkins.plugins.multiarch.staging;
