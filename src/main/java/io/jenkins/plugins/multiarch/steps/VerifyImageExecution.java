package io.jenkins.plugins.multiarch.steps;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.attest.ImageVerification;
import io.jenkins.plugins.multiarch.attest.VerificationPolicy;
import io.jenkins.plugins.multiarch.attest.VerificationVerdict;
import io.jenkins.plugins.multiarch.attest.keyless.TrustedRoot;
import io.jenkins.plugins.multiarch.image.ImageRef;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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
        step.source().refuseMoreThanOne();
    }

    @Override
    VerifiedImage result() throws IOException, InterruptedException {
        ImageRef image = ImageRef.parse(step.getImage());
        Map<String, byte[]> files = documents(TrustedRoot.MAX_SIZE);
        VerificationPolicy policy = step.source().policy(files);
        ImageVerification verification = new ImageVerification(
                access(List.of(image.repository().registry())).open());
        VerificationVerdict verdict =
                verification.verify(image, policy, step.source().verifier(policy, files));
        getContext().get(TaskListener.class).getLogger().print(verdict.table());
        Verifications.add(getContext().get(Run.class), verdict, policy);
        if (step.isFailBuild()) {
            verdict.refuseUnlessPassed();
        }
        return new VerifiedImage(verdict);
    }

    @Override
    List<String> paths() {
        return step.source().paths();
    }
}
