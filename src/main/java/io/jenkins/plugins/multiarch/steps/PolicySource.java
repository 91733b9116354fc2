package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.attest.ImageVerification;
import io.jenkins.plugins.multiarch.attest.VerificationPolicy;
import io.jenkins.plugins.multiarch.attest.Verifier;
import io.jenkins.plugins.multiarch.attest.keyless.KeylessVerifier;
import io.jenkins.plugins.multiarch.attest.keyless.TrustedRoot;
import io.jenkins.plugins.multiarch.config.MultiArchConfiguration;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.keys.PublicKeys;
import io.jenkins.plugins.multiarch.promote.Evidence;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a step verifies an image by: one of a key, a policy and a file with one, else the policy of the system configuration.
 *
 * @param function the step, for refusals
 * @param key in PEM
 * @param policy in YAML or JSON
 * @param policyFile a file of the workspace
 * @param trustedRoot a file of the workspace that says whose certificates count; else that of the system configuration
 */
record PolicySource(
        String function,
        @CheckForNull String key,
        @CheckForNull String policy,
        @CheckForNull String policyFile,
        @CheckForNull String trustedRoot) {

    /** @throws ReleaseException if more than one thing was given */
    void refuseMoreThanOne() {
        if (Stream.of(Optional.ofNullable(key), Optional.ofNullable(policy), Optional.ofNullable(policyFile))
                        .filter(Optional::isPresent)
                        .count()
                > 1) {
            throw new ReleaseException(
                    function + " was told more than one thing to verify.", "Give one of key, policy and policyFile.");
        }
    }

    /** The files that it needs. */
    List<String> paths() {
        return Stream.of(policyFile, trustedRoot).filter(Objects::nonNull).toList();
    }

    /**
     * The policy.
     *
     * @param files with their content, by their paths
     * @throws ReleaseException if there is none, or it cannot be understood
     */
    VerificationPolicy policy(Map<String, byte[]> files) {
        if (key != null) {
            return VerificationPolicy.of(PublicKeys.read(key.getBytes(StandardCharsets.UTF_8)));
        }
        if (policy != null) {
            return VerificationPolicy.parse(policy.getBytes(StandardCharsets.UTF_8));
        }
        if (policyFile != null) {
            return VerificationPolicy.parse(files.get(policyFile));
        }
        return MultiArchConfiguration.get()
                .verificationPolicy()
                .orElseThrow(() -> new ReleaseException(
                        function + " was not told what to verify, and no policy is configured.",
                        "Give one of key, policy and policyFile, or set a policy in the system configuration."));
    }

    /** Whom the policy may trust. */
    Verifier verifier(VerificationPolicy by, Map<String, byte[]> files) {
        return by.verifier(root(files).map(KeylessVerifier::trusting).orElseGet(KeylessVerifier::trustingNobody));
    }

    /** What every image of a release has to have. */
    Evidence evidence(Registry registry, Map<String, byte[]> files) {
        VerificationPolicy by = policy(files);
        Verifier trusted = verifier(by, files);
        ImageVerification verification = new ImageVerification(registry);
        return image -> verification.verify(image, by, trusted).refuseUnlessPassed();
    }

    private Optional<TrustedRoot> root(Map<String, byte[]> files) {
        return trustedRoot == null
                ? MultiArchConfiguration.get().sigstoreRoot()
                : Optional.of(TrustedRoot.parse(files.get(trustedRoot)));
    }

    static void checkKey(String text) {
        PublicKeys.read(text.getBytes(StandardCharsets.UTF_8));
    }

    void checkPolicy() {
        refuseMoreThanOne();
        VerificationPolicy.parse(Objects.requireNonNull(policy).getBytes(StandardCharsets.UTF_8));
    }

    void checkPolicyFile() {
        refuseMoreThanOne();
        WorkspacePath.refuseOutside(Objects.requireNonNull(policyFile), "policyFile", "release-policy.yaml");
    }

    static void checkTrustedRoot(String file) {
        WorkspacePath.refuseOutside(file, "trustedRoot", "trusted_root.json");
    }
}
