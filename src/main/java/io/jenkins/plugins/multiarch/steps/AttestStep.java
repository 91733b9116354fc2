package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Puts signed evidence beside images: how they were built, what is in them, and what else is known of them. */
public final class AttestStep extends ImagesStep {
    private static final long serialVersionUID = 1L;

    private boolean provenance = true;
    private boolean sign = true;
    private boolean testResults;
    private boolean verification;
    private ArrayList<String> sboms = new ArrayList<>();
    private ArrayList<String> scans = new ArrayList<>();
    private ArrayList<String> predicates = new ArrayList<>();
    private ArrayList<String> files = new ArrayList<>();
    private @CheckForNull String format;
    private @CheckForNull String keyCredentialsId;
    private @CheckForNull String keyPasswordCredentialsId;
    private @CheckForNull String tokenCredentialsId;

    @DataBoundConstructor
    public AttestStep() {}

    public boolean isProvenance() {
        return provenance;
    }

    /** Whether to say how it was built, as the controller knows it. */
    @DataBoundSetter
    public void setProvenance(boolean provenance) {
        this.provenance = provenance;
    }

    public boolean isSign() {
        return sign;
    }

    /** Whether to sign the images themselves, as {@code cosign sign} does. */
    @DataBoundSetter
    public void setSign(boolean sign) {
        this.sign = sign;
    }

    public boolean isTestResults() {
        return testResults;
    }

    /** Whether to say what the tests of this build came to. */
    @DataBoundSetter
    public void setTestResults(boolean testResults) {
        this.testResults = testResults;
    }

    public boolean isVerification() {
        return verification;
    }

    /** Whether to say that {@code verifyImage} let the image through in this build. */
    @DataBoundSetter
    public void setVerification(boolean verification) {
        this.verification = verification;
    }

    public List<String> getSboms() {
        return sboms;
    }

    /** Files, each with the platform it is of before it, or without: {@code linux/arm64=sbom-arm64.json}. */
    @DataBoundSetter
    public void setSboms(List<String> sboms) {
        this.sboms = StepArguments.trimmed(sboms);
    }

    public List<String> getScans() {
        return scans;
    }

    /** Files, as {@link #setSboms}. */
    @DataBoundSetter
    public void setScans(List<String> scans) {
        this.scans = StepArguments.trimmed(scans);
    }

    public List<String> getPredicates() {
        return predicates;
    }

    /**
     * Files by the type of what they say: {@code https://example.com/review/v1=review.json}; of one platform with
     * {@code linux/arm64=} before that.
     */
    @DataBoundSetter
    public void setPredicates(List<String> predicates) {
        this.predicates = StepArguments.trimmed(predicates);
    }

    public List<String> getFiles() {
        return files;
    }

    /** Files of the workspace to sign, beside images or instead of them. */
    @DataBoundSetter
    public void setFiles(List<String> files) {
        this.files = StepArguments.trimmed(files);
    }

    public @CheckForNull String getFormat() {
        return format;
    }

    /** {@code bundle}, {@code legacy} or {@code both}. */
    @DataBoundSetter
    public void setFormat(@CheckForNull String format) {
        this.format = StepArguments.trimmed(format);
    }

    public @CheckForNull String getKeyCredentialsId() {
        return keyCredentialsId;
    }

    @DataBoundSetter
    public void setKeyCredentialsId(@CheckForNull String keyCredentialsId) {
        this.keyCredentialsId = StepArguments.trimmed(keyCredentialsId);
    }

    public @CheckForNull String getKeyPasswordCredentialsId() {
        return keyPasswordCredentialsId;
    }

    @DataBoundSetter
    public void setKeyPasswordCredentialsId(@CheckForNull String keyPasswordCredentialsId) {
        this.keyPasswordCredentialsId = StepArguments.trimmed(keyPasswordCredentialsId);
    }

    public @CheckForNull String getTokenCredentialsId() {
        return tokenCredentialsId;
    }

    /** A token of OpenID Connect, in whose name a Sigstore instance certifies a key of minutes; instead of a key. */
    @DataBoundSetter
    public void setTokenCredentialsId(@CheckForNull String tokenCredentialsId) {
        this.tokenCredentialsId = StepArguments.trimmed(tokenCredentialsId);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new AttestExecution(this, context);
    }

    /** What Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends AttestDescriptor {}
}
