/**
 * A client of OCI registries (distribution-spec 1.1) on the JDK alone: manifests as the bytes they are, blobs as streams
 * whose digest is checked, referrers with the fallback tag, deletes as registries really answer them, and copies that
 * keep every byte.
 */
package io.jenkins.plugins.multiarch.registry;
