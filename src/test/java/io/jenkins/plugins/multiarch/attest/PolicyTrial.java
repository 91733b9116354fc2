package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** An image, one key that attests it, and policies that trust this key alone. */
record PolicyTrial(MultiPlatformImage image, Signer signer) {
    /** When the image is verified. */
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    static PolicyTrial of(MultiPlatformImage image) {
        return new PolicyTrial(image, new KeySigner(SampleKeys.p256()));
    }

    void attest(AttestationRequest request) throws InterruptedException {
        new Attestations(image.registry(), line -> {}).attest(request, signer);
    }

    /** By a policy of one requirement, as its file has it: {@code type: sbom, on: platforms}. */
    VerificationVerdict verify(String requirement) throws InterruptedException {
        return verify(image.ref(), requirement);
    }

    VerificationVerdict verify(ImageRef of, String requirement) throws InterruptedException {
        String key = new String(SampleKeys.file("p256.pub"), StandardCharsets.US_ASCII).replace("\n", "\\n");
        String policy = "trust: [{key: \"" + key + "\"}]\nrequire: [{" + requirement + "}]";
        return verify(of, VerificationPolicy.parse(policy.getBytes(StandardCharsets.UTF_8)));
    }

    VerificationVerdict verify(ImageRef of, VerificationPolicy policy) throws InterruptedException {
        Verifier trusted = policy.verifier(identity -> {
            throw new AssertionError("no identity is trusted here");
        });
        return new ImageVerification(image.registry(), Clock.fixed(NOW, ZoneOffset.UTC)).verify(of, policy, trusted);
    }
}
