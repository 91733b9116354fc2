/**
 * Files as artifacts of a registry: payloads of any kind, and Helm charts (OCI image-spec 1.1, "Guidelines for Artifact
 * Usage"). The same files give the same manifest, byte for byte.
 */
package io.jenkins.plugins.multiarch.artifact;
