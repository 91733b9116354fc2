package io.jenkins.plugins.multiarch.steps;

import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.attest.Attestations;
import io.jenkins.plugins.multiarch.attest.AttestedImage;
import io.jenkins.plugins.multiarch.attest.Predicate;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Signs on the controller, whichever node the step was called in; a node is asked for files and for nothing else. */
final class AttestExecution extends ResumableStepExecution<AttestedImages> {
    private static final long serialVersionUID = 1L;

    private final AttestStep step;

    /** When the step began, in milliseconds since 1970; kept, so that done again it says the same. */
    private long began;

    AttestExecution(AttestStep step, StepContext context) {
        super(context, step.getCredentialsId());
        this.step = step;
    }

    @Override
    void begin() throws IOException, InterruptedException {
        began = System.currentTimeMillis();
        AttestOrder.of(step);
        Signers.refuseUnlessOne(step);
        PullRequests.refuse(getContext(), "attest");
    }

    @Override
    AttestedImages result() throws IOException, InterruptedException {
        Run<?, ?> run = getContext().get(Run.class);
        Instant at = Instant.ofEpochMilli(began);
        AttestOrder order = AttestOrder.of(step);
        Map<String, byte[]> contents = carryOut(new FilesTask(order.files(), Statement.MAX_SIZE));
        List<Predicate> said = said(run, at);
        Signer signer = new Signers(run, getContext().get(TaskListener.class)).signer(step);
        List<HashedFile> files = signFiles(order, new FileEvidence(signer, step.isSign(), said));
        Registry registry = access(order.registries()).open();
        Attestations attestations =
                new Attestations(registry, getContext().get(TaskListener.class).getLogger()::println);
        List<AttestedImage> attested = new ArrayList<>();
        for (ImageRef image : order.images()) {
            attested.add(attestations.attest(order.request(image, said, contents, at), signer));
        }
        return new AttestedImages(signer, attested, files);
    }

    /** Puts beside each file what shows who signed it. */
    private List<HashedFile> signFiles(AttestOrder order, FileEvidence evidence)
            throws IOException, InterruptedException {
        if (order.filesToSign().isEmpty()) {
            return List.of();
        }
        List<HashedFile> files = carryOut(new HashFilesTask(order.filesToSign()));
        FilePath workspace = getContext().get(FilePath.class);
        LinkedHashMap<String, byte[]> beside = new LinkedHashMap<>();
        for (HashedFile file : files) {
            beside.putAll(evidence.of(file, workspace.child(file.path())::read));
        }
        carryOut(new WriteFilesTask(beside));
        for (HashedFile file : files) {
            getContext()
                    .get(TaskListener.class)
                    .getLogger()
                    .println("Signed " + Shown.of(file.path()) + " (" + file.digest() + ") with the "
                            + evidence.signer().name() + ".");
        }
        return files;
    }

    /** What the controller itself knows. */
    private List<Predicate> said(Run<?, ?> run, Instant at) throws IOException, InterruptedException {
        List<Predicate> said = new ArrayList<>();
        if (step.isProvenance()) {
            said.add(BuildProvenance.of(run).provenance(at).predicate());
        }
        if (step.isTestResults()) {
            said.add(TestReports.of(run).predicate());
        }
        return said;
    }
}
