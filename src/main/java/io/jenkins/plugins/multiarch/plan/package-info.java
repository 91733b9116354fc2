/**
 * What a build may do, decided by data: from what triggered it, what it builds and what changed follow whether it publishes,
 * from which caches it reads, and which version, tags, labels and annotations its images get. Everything here is a value;
 * nothing is asked of a registry, of git or of Jenkins, and every decision carries its reason.
 */
package io.jenkins.plugins.multiarch.plan;
