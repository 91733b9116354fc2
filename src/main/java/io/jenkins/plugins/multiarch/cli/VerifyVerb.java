package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.attest.ImageVerification;
import io.jenkins.plugins.multiarch.attest.VerificationPolicy;
import io.jenkins.plugins.multiarch.attest.VerificationVerdict;
import io.jenkins.plugins.multiarch.attest.keyless.KeylessVerifier;
import io.jenkins.plugins.multiarch.attest.keyless.TrustedRoot;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.keys.PublicKeys;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Refuses an image that lacks evidence. */
@Command(
        name = "verify",
        header = "Refuses an image that lacks evidence, for itself or for one of its platforms.",
        description =
                "Reads bundles and what cosign keeps in tags. Prints a line for each platform and kind of evidence.",
        footer = {
            "  multiarch-release verify --image ghcr.io/acme/app:1.4 --key release.pub",
            "  multiarch-release verify --image ghcr.io/acme/app:1.4 --policy release-policy.yaml"
        })
final class VerifyVerb extends Verb {
    private static final int MAX_SIZE = 1 << 20;

    @Option(names = "--image", required = true, paramLabel = "IMAGE", description = "The image, by tag or digest.")
    private ImageRef image;

    @ArgGroup(multiplicity = "1")
    private Trust trust;

    @Option(
            names = "--trusted-root",
            paramLabel = "FILE",
            description =
                    "The trusted_root.json of the Sigstore instance whose certificates a policy's identities have.")
    private Path trustedRoot;

    /** Whose word counts. */
    private static final class Trust {
        @Option(
                names = "--key",
                paramLabel = "FILE",
                description =
                        "A public key or certificate in PEM; any evidence signed with it is enough, but for a failed"
                                + " test or verification.")
        private Path key;

        @Option(
                names = "--policy",
                paramLabel = "FILE",
                description = "What is required and who is trusted, in YAML or JSON.")
        private Path policy;
    }

    VerifyVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        VerificationPolicy policy = trust.key == null
                ? VerificationPolicy.parse(BoundedFile.read(trust.policy, MAX_SIZE))
                : VerificationPolicy.of(PublicKeys.read(BoundedFile.read(trust.key, MAX_SIZE)));
        VerificationVerdict verdict =
                new ImageVerification(registry()).verify(image, policy, policy.verifier(identities()));
        print(verdict::toJson, () -> verdict.table().stripTrailing());
        verdict.refuseUnlessPassed();
    }

    private VerificationPolicy.Identities identities() throws IOException {
        return trustedRoot == null
                ? KeylessVerifier.trustingNobody()
                : KeylessVerifier.trusting(TrustedRoot.parse(BoundedFile.read(trustedRoot, TrustedRoot.MAX_SIZE)));
    }
}
