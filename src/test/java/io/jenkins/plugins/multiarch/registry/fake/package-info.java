/**
 * An OCI registry inside the process (distribution-spec 1.1), for tests, demonstrations and benchmarks: it can imitate
 * the oddities of the registries people use, fail any chosen request in any way, and tells what it was asked.
 */
package io.jenkins.plugins.multiarch.registry.fake;
