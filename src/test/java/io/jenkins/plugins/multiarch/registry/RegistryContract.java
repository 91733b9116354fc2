package io.jenkins.plugins.multiarch.registry;

/** What {@link Registry} promises, of whatever registry is behind it: each kind passes every subject. */
abstract class RegistryContract implements ManifestContract, BlobContract, TagContract, ReferrerContract {}
