package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.attest.Envelope;
import io.jenkins.plugins.multiarch.attest.MessageSignature;
import io.jenkins.plugins.multiarch.attest.Verification;
import io.jenkins.plugins.multiarch.attest.VerificationPolicy;
import io.jenkins.plugins.multiarch.attest.Verifier;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.keys.TrustedKey;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Verifies signatures made with a certificate of minutes: by whom, and that everybody could see it (Sigstore client
 * specification, "Verification").
 *
 * <p>The certificate must come from an authority of the trusted root and have been valid at each time that a trusted log or
 * timestamp authority gives, of which there must be one. Where the trusted root has logs or certificate logs, one of each
 * must hold the signature and the certificate; a trusted root without them asks for none.
 */
public final class KeylessVerifier implements Verifier {
    private final Evidence evidence;
    private final CertificateIdentity identity;

    public KeylessVerifier(TrustedRoot root, CertificateIdentity identity) {
        this.evidence = new Evidence(root);
        this.identity = identity;
    }

    /** Makes verifiers of the identities in a policy. */
    public static VerificationPolicy.Identities trusting(TrustedRoot root) {
        return rule -> new KeylessVerifier(root, CertificateIdentity.of(rule));
    }

    /** Refuses the identities of a policy, where nobody gave a trusted root. */
    public static VerificationPolicy.Identities trustingNobody() {
        return rule -> {
            throw new ReleaseException(
                    "The policy trusts an identity, and nothing here knows whose certificates count.",
                    "Give the trusted root of its Sigstore instance, or trust a key instead.");
        };
    }

    @Override
    public Verification verify(Bundle bundle) {
        if (!(bundle.content() instanceof Envelope envelope)) {
            return new Verification.Refused("it is no signature of an envelope");
        }
        try {
            FulcioCertificate certificate = Evidence.certificate(bundle);
            TrustedKey key = certificate.key();
            if (envelope.signatures().size() != 1) {
                throw new Unaccepted("it has " + envelope.signatures().size() + " signatures instead of one");
            }
            SignedContent content = SignedContent.of(envelope, key.algorithm().hash());
            if (!key.verifies(content.signature(), envelope.signedBytes())) {
                throw new Unaccepted("the signature is not of this payload");
            }
            return verified(bundle, certificate, content);
        } catch (Unaccepted e) {
            return new Verification.Refused(e.getMessage());
        }
    }

    @Override
    public Verification verify(Bundle bundle, Blob message) throws IOException, InterruptedException {
        if (!(bundle.content() instanceof MessageSignature signature)) {
            return new Verification.Refused("it is no signature of a file");
        }
        try {
            FulcioCertificate certificate = Evidence.certificate(bundle);
            TrustedKey key = certificate.key();
            MessageCheck check = MessageCheck.of(message, key, signature.signature());
            SignedContent content = SignedContent.ofMessage(
                    signature.signature(), key.algorithm().hash(), check.digest());
            if (!check.signed() || !isOf(signature, content)) {
                throw new Unaccepted("the signature is not of this file");
            }
            return verified(bundle, certificate, content);
        } catch (Unaccepted e) {
            return new Verification.Refused(e.getMessage());
        }
    }

    /** Whether the digest in the bundle, where there is one, is the message's. */
    private static boolean isOf(MessageSignature signature, SignedContent content) {
        return signature.digest().length == 0
                || (signature.algorithm().equals(content.protobufHash())
                        && Arrays.equals(signature.digest(), content.digest()));
    }

    private Verification verified(Bundle bundle, FulcioCertificate certificate, SignedContent content) {
        Instant time = evidence.time(bundle, certificate, content);
        identity.require(certificate);
        return new Verification.Verified(certificate.toString(), Optional.of(time));
    }

    @Override
    public String name() {
        return identity.toString();
    }
}
