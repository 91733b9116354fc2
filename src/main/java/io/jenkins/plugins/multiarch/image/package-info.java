/**
 * The values every other package speaks in: references, digests, platforms, descriptors, and manifests and indexes kept
 * as the bytes that came plus a parsed view. Nothing here touches a network, and nothing that has a digest is ever
 * serialised again.
 */
package io.jenkins.plugins.multiarch.image;
