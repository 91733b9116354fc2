package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.attest.ImageVerification;
import io.jenkins.plugins.multiarch.attest.VerificationPolicy;
import io.jenkins.plugins.multiarch.attest.VerificationSummary;
import io.jenkins.plugins.multiarch.attest.VerificationVerdict;
import io.jenkins.plugins.multiarch.attest.keyless.KeylessVerifier;
import io.jenkins.plugins.multiarch.attest.keyless.TrustedRoot;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.keys.PublicKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

    @ArgGroup(exclusive = false)
    private Summary summary;

    /** What to say of it to those who need not verify again. */
    private static final class Summary {
        @Option(
                names = "--summary",
                required = true,
                paramLabel = "FILE",
                description = "Write a SLSA verification summary there, to be attested as a predicate.")
        private Path file;

        @Option(
                names = "--verifier",
                required = true,
                paramLabel = "URI",
                description = "Who verifies, as the summary names it.")
        private URI verifier;
    }

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
        if (summary != null) {
            Files.write(
                    summary.file,
                    VerificationSummary.of(verdict, policy, summary.verifier.toString(), Instant.now())
                            .predicate()
                            .json());
        }
        print(verdict::toJson, () -> verdict.table().stripTrailing());
        verdict.refuseUnlessPassed();
    }

    private VerificationPolicy.Identities identities() throws IOException {
        return trustedRoot == null
                ? KeylessVerifier.trustingNobody()
                : KeylessVerifier.trusting(TrustedRoot.parse(BoundedFile.read(trustedRoot, TrustedRoot.MAX_SIZE)));
    }
}
