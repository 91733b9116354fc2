package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.attest.ImageVerification;
import io.jenkins.plugins.multiarch.attest.VerificationPolicy;
import io.jenkins.plugins.multiarch.attest.Verifier;
import io.jenkins.plugins.multiarch.attest.keyless.KeylessVerifier;
import io.jenkins.plugins.multiarch.attest.keyless.TrustedRoot;
import io.jenkins.plugins.multiarch.promote.Evidence;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every image has to have before a tag leads to it. */
final class PolicyOptions {
    private static final int MAX_POLICY = 1 << 20;

    @Option(
            names = "--require",
            paramLabel = "FILE",
            description = "A policy in YAML or JSON that every image has to satisfy, as verify takes it.")
    private Path policy;

    @Option(
            names = "--trusted-root",
            paramLabel = "FILE",
            description = "The trusted_root.json of the Sigstore instance whose certificates its identities have.")
    private Path trustedRoot;

    Evidence evidence(Registry registry) throws IOException {
        if (policy == null) {
            return Evidence.NONE;
        }
        VerificationPolicy required = VerificationPolicy.parse(BoundedFile.read(policy, MAX_POLICY));
        Verifier trusted = required.verifier(
                trustedRoot == null
                        ? KeylessVerifier.trustingNobody()
                        : KeylessVerifier.trusting(
                                TrustedRoot.parse(BoundedFile.read(trustedRoot, TrustedRoot.MAX_SIZE))));
        ImageVerification verification = new ImageVerification(registry);
        return image -> verification.verify(image, required, trusted).refuseUnlessPassed();
    }
}
