package io.jenkins.plugins.multiarch.steps;

import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.attest.AttestationRequest;
import io.jenkins.plugins.multiarch.attest.Attestations;
import io.jenkins.plugins.multiarch.attest.AttestedImage;
import io.jenkins.plugins.multiarch.attest.ImageSubjects;
import io.jenkins.plugins.multiarch.attest.Predicate;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Signs on the controller, whichever node the step was called in; a node is asked for files and for nothing else. */
final class AttestExecution extends DocumentsExecution<AttestedImages> {
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
        Signers.refuseUnlessOne(step.getKeyCredentialsId(), step.getTokenCredentialsId());
        Signers.refusePasswordOfToken(step.getKeyPasswordCredentialsId(), step.getTokenCredentialsId());
        PullRequests.refuse(getContext(), "attest");
    }

    @Override
    List<String> paths() {
        return AttestOrder.of(step).files();
    }

    @Override
    boolean needsNode() {
        return super.needsNode() || !step.getFiles().isEmpty();
    }

    @Override
    AttestedImages result() throws IOException, InterruptedException {
        AttestOrder order = AttestOrder.of(step);
        Map<String, byte[]> contents = documents(Statement.MAX_SIZE);
        Signer signer = new Signers(run(), getContext().get(TaskListener.class)).signer(step);
        List<SignedFile> files = signFiles(order, signer);
        Registry registry = access(order.registries()).open();
        List<AttestationRequest> requests = new ArrayList<>();
        for (ImageRef image : order.images()) {
            requests.add(request(order, image, contents, registry));
        }
        Attestations attestations =
                new Attestations(registry, getContext().get(TaskListener.class).getLogger()::println);
        List<AttestedImage> attested = new ArrayList<>();
        for (AttestationRequest request : requests) {
            attested.add(attestations.attest(request, signer));
        }
        return new AttestedImages(signer, attested, files);
    }

    /** Puts beside each file what shows who signed it, where that is not there. */
    private List<SignedFile> signFiles(AttestOrder order, Signer signer) throws IOException, InterruptedException {
        if (order.filesToSign().isEmpty()) {
            return List.of();
        }
        FileEvidence evidence = new FileEvidence(signer, step.isSign(), saidOfFiles());
        HashFilesTask task = new HashFilesTask(order.filesToSign());
        FilePath workspace = getContext().get(FilePath.class);
        List<SignedFile> files = new ArrayList<>();
        LinkedHashMap<String, byte[]> missing = new LinkedHashMap<>();
        for (HashedFile file : task.checked(carryOut(task))) {
            SignedFile signed = new SignedFile(file, evidence.of(file, workspace.child(file.path())::read));
            missing.putAll(signed.missing());
            files.add(signed);
        }
        if (!missing.isEmpty()) {
            carryOut(new WriteFilesTask(missing));
        }
        PrintStream log = getContext().get(TaskListener.class).getLogger();
        files.stream().filter(SignedFile::changed).forEach(signed -> log.println(signed.line(signer)));
        return files;
    }

    private List<Predicate> saidOfFiles() throws IOException, InterruptedException {
        List<Predicate> said = new ArrayList<>();
        if (step.isProvenance()) {
            said.add(BuildProvenance.of(run()).ofFiles().predicate());
        }
        said.addAll(results());
        return said;
    }

    private List<Predicate> results() throws IOException, InterruptedException {
        return step.isTestResults() ? List.of(TestReports.of(run()).predicate()) : List.of();
    }

    /** With provenance, of the digest that it is about: a tag may move until it is signed. */
    private AttestationRequest request(
            AttestOrder order, ImageRef image, Map<String, byte[]> contents, Registry registry)
            throws IOException, InterruptedException {
        Instant at = Instant.ofEpochMilli(began);
        List<Predicate> said = new ArrayList<>(results());
        if (!step.isProvenance()) {
            return order.request(image, said, contents, at);
        }
        ImageSubjects subjects = ImageSubjects.read(registry, image);
        BuiltPlatforms built = BuiltPlatforms.of(run()).in(subjects);
        said.add(BuildProvenance.of(run()).provenance(built).predicate());
        return order.request(subjects.reference(), said, contents, at);
    }

    private Run<?, ?> run() throws IOException, InterruptedException {
        return getContext().get(Run.class);
    }
}
