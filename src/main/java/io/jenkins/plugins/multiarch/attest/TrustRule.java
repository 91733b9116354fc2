package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.keys.TrustedKey;

/** Whose signatures a policy lets count. */
public sealed interface TrustRule {

    /** Whoever has the private half of a key. */
    record Key(TrustedKey key) implements TrustRule {}

    /**
     * Whoever an OpenID Connect issuer says that it is; of each pair exactly one is given, the other empty.
     *
     * @param subject a workflow, a job or a mail address, exactly
     * @param subjectRegex a regular expression for the whole of it
     * @param issuer the issuer's address, exactly
     * @param issuerRegex a regular expression for the whole of it
     */
    record Identity(String subject, String subjectRegex, String issuer, String issuerRegex) implements TrustRule {}
}
