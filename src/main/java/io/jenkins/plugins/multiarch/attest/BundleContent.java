package io.jenkins.plugins.multiarch.attest;

/** What a {@link Bundle} proves: a signed statement in its envelope, or the signature of something kept elsewhere. */
public sealed interface BundleContent permits Envelope, MessageSignature {}
