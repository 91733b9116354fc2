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
        boolean filesAlone = AttestOrder.of(step).images().isEmpty();
        Signers.refuseUnlessOne(step.getKeyCredentialsId(), step.getTokenCredentialsId());
        Signers.refusePasswordOfToken(step.getKeyPasswordCredentialsId(), step.getTokenCredentialsId());
        PullRequests.refuse(getContext(), "attest", filesAlone ? "signs files" : "writes to a registry");
    }

    @Override
    List<String> paths() {
        return AttestOrder.of(step).documentPaths();
    }

    @Override
    boolean needsNode() {
        return super.needsNode() || !step.getFiles().isEmpty();
    }

    /** Reads and checks all of it before it signs any, and signs all before anybody sees some. */
    @Override
    AttestedImages result() throws IOException, InterruptedException {
        AttestOrder order = AttestOrder.of(step);
        Map<String, byte[]> contents = documents(Statement.MAX_SIZE);
        Signer signer = new Signers(run(), getContext().get(TaskListener.class)).signer(step);
        List<Predicate> results = testResults();
        List<HashedFile> files = hashed(order);
        Registry registry = access(order.registries()).open();
        List<AttestationRequest> requests = new ArrayList<>();
        for (ImageRef image : order.images()) {
            requests.add(request(order, image, results, contents, registry));
        }
        List<SignedFile> signed = signed(files, results, signer);
        Attestations attestations =
                new Attestations(registry, getContext().get(TaskListener.class).getLogger()::println);
        List<AttestedImage> attested = new ArrayList<>();
        for (AttestationRequest request : requests) {
            attested.add(attestations.attest(request, signer));
        }
        write(signed, signer);
        return new AttestedImages(signer, attested, signed);
    }

    private List<HashedFile> hashed(AttestOrder order) throws IOException, InterruptedException {
        if (order.filesToSign().isEmpty()) {
            return List.of();
        }
        HashFilesTask task = new HashFilesTask(order.filesToSign(), step.isSign());
        return task.checked(carryOut(task));
    }

    private List<SignedFile> signed(List<HashedFile> files, List<Predicate> results, Signer signer)
            throws IOException, InterruptedException {
        if (files.isEmpty()) {
            return List.of();
        }
        List<Predicate> said = new ArrayList<>(results);
        if (step.isProvenance()) {
            said.add(BuildProvenance.of(run()).ofFiles().predicate());
        }
        FileEvidence evidence = new FileEvidence(signer, step.isSign(), said);
        FilePath workspace = getContext().get(FilePath.class);
        List<SignedFile> signed = new ArrayList<>();
        for (HashedFile file : files) {
            signed.add(new SignedFile(file, evidence.of(file, workspace.child(file.path())::read)));
        }
        return signed;
    }

    /** Puts beside each file what shows who signed it, where that is not there. */
    private void write(List<SignedFile> files, Signer signer) throws IOException, InterruptedException {
        LinkedHashMap<String, byte[]> missing = new LinkedHashMap<>();
        files.forEach(file -> missing.putAll(file.missing()));
        if (!missing.isEmpty()) {
            carryOut(new WriteFilesTask(missing));
        }
        PrintStream log = getContext().get(TaskListener.class).getLogger();
        files.stream().filter(SignedFile::changed).forEach(file -> log.println(file.line(signer)));
    }

    /** Read once, so that the same is said of all, whatever a parallel branch reports in the meantime. */
    private List<Predicate> testResults() throws IOException, InterruptedException {
        return step.isTestResults() ? List.of(TestReports.of(run()).predicate()) : List.of();
    }

    /** Of the digest that it was checked for: a tag may move until it is signed. */
    private AttestationRequest request(
            AttestOrder order, ImageRef image, List<Predicate> results, Map<String, byte[]> contents, Registry registry)
            throws IOException, InterruptedException {
        Instant at = Instant.ofEpochMilli(began);
        List<Predicate> said = new ArrayList<>(results);
        if (order.isOfOne() && !step.isProvenance() && !step.isVerification()) {
            return order.request(image, said, contents, at);
        }
        ImageSubjects subjects = ImageSubjects.read(registry, image);
        if (step.isProvenance()) {
            BuiltPlatforms built = BuiltPlatforms.of(run()).in(subjects);
            said.add(BuildProvenance.of(run()).provenance(built).predicate());
        }
        if (step.isVerification()) {
            said.add(Verifications.of(run(), subjects.reference()));
        }
        AttestationRequest request = order.request(subjects.reference(), said, contents, at);
        if (!order.isOfOne()) {
            Attestations.check(registry, request, subjects);
        }
        return request;
    }

    private Run<?, ?> run() throws IOException, InterruptedException {
        return getContext().get(Run.class);
    }
}
