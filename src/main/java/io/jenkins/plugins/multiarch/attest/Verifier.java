package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;

/** Decides whether the one it was told to trust made a signature. May be called from many threads. */
public interface Verifier {

    /** Whether one of the signatures of an envelope, and all that belongs to it in the bundle, is good. */
    Verification verify(Bundle bundle);

    /** Whether the signature is good for this message, which is read once. */
    Verification verify(Bundle bundle, Blob message) throws IOException, InterruptedException;

    /** Whom it trusts, for logs and verdicts, such as {@code key SHA256:…} or an identity and its issuer. */
    String name();
}
