package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.attest.ImageVerification;
import io.jenkins.plugins.multiarch.attest.VerificationPolicy;
import io.jenkins.plugins.multiarch.attest.VerificationVerdict;
import io.jenkins.plugins.multiarch.attest.keyless.KeylessVerifier;
import io.jenkins.plugins.multiarch.attest.keyless.TrustedRoot;
import io.jenkins.plugins.multiarch.config.MultiArchConfiguration;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.keys.PublicKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Verifies on the controller, whichever node the step was called in; a node is asked for files that it names alone. */
final class VerifyImageExecution extends DocumentsExecution<VerifiedImage> {
    private static final long serialVersionUID = 1L;

    private final VerifyImageStep step;

    VerifyImageExecution(VerifyImageStep step, StepContext context) {
        super(context, step.getCredentialsId());
        this.step = step;
    }

    @Override
    void begin() {
        StepArguments.required(step.getImage(), "image", "ghcr.io/acme/app:1.4.2");
        refuseMoreThanOne(step.getKey(), step.getPolicy(), step.getPolicyFile());
    }

    static void refuseMoreThanOne(
            @CheckForNull String key, @CheckForNull String policy, @CheckForNull String policyFile) {
        if (Stream.of(Optional.ofNullable(key), Optional.ofNullable(policy), Optional.ofNullable(policyFile))
                        .filter(Optional::isPresent)
                        .count()
                > 1) {
            throw new ReleaseException(
                    "verifyImage was told more than one thing to verify.", "Give one of key, policy and policyFile.");
        }
    }

    @Override
    VerifiedImage result() throws IOException, InterruptedException {
        ImageRef image = ImageRef.parse(step.getImage());
        Map<String, byte[]> files = documents(TrustedRoot.MAX_SIZE);
        VerificationPolicy policy = policy(files);
        VerificationPolicy.Identities identities =
                root(files).map(KeylessVerifier::trusting).orElseGet(KeylessVerifier::trustingNobody);
        ImageVerification verification = new ImageVerification(
                access(List.of(image.repository().registry())).open());
        VerificationVerdict verdict = verification.verify(image, policy, policy.verifier(identities));
        getContext().get(TaskListener.class).getLogger().print(verdict.table());
        Verifications.add(getContext().get(Run.class), verdict, policy);
        if (step.isFailBuild()) {
            verdict.refuseUnlessPassed();
        }
        return new VerifiedImage(verdict);
    }

    @Override
    List<String> paths() {
        return Stream.of(step.getPolicyFile(), step.getTrustedRoot())
                .filter(Objects::nonNull)
                .toList();
    }

    private Optional<TrustedRoot> root(Map<String, byte[]> files) {
        return step.getTrustedRoot() == null
                ? MultiArchConfiguration.get().sigstoreRoot()
                : Optional.of(TrustedRoot.parse(files.get(step.getTrustedRoot())));
    }

    private VerificationPolicy policy(Map<String, byte[]> files) {
        if (step.getKey() != null) {
            return VerificationPolicy.of(PublicKeys.read(step.getKey().getBytes(StandardCharsets.UTF_8)));
        }
        if (step.getPolicy() != null) {
            return VerificationPolicy.parse(step.getPolicy().getBytes(StandardCharsets.UTF_8));
        }
        if (step.getPolicyFile() != null) {
            return VerificationPolicy.parse(files.get(step.getPolicyFile()));
        }
        return MultiArchConfiguration.get()
                .verificationPolicy()
                .orElseThrow(() -> new ReleaseException(
                        "verifyImage was not told what to verify, and no policy is configured.",
                        "Give one of key, policy and policyFile, or set a policy in the system configuration."));
    }
}
