package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.keys.PublicKeys;
import io.jenkins.plugins.multiarch.keys.TrustedKey;
import io.jenkins.plugins.multiarch.promote.Evidence;
import io.jenkins.plugins.multiarch.promote.RollbackRequest;
import io.jenkins.plugins.multiarch.promote.RollbackTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Points tags back at an earlier release, of all its images at once. Its images are repositories, without tag or digest. */
public final class RollbackTagStep extends TagsStep {
    private static final long serialVersionUID = 1L;

    private final String to;
    private @CheckForNull String receiptsOf;

    /** @param to {@code previous}, a version, the number of a build or a digest */
    @DataBoundConstructor
    public RollbackTagStep(List<String> tags, String to) {
        super(tags);
        this.to = to == null ? "" : to.strip();
    }

    public String getTo() {
        return to;
    }

    public @CheckForNull String getReceiptsOf() {
        return receiptsOf;
    }

    /** Public keys or certificates in PEM, one behind the other, whose receipts count beside those of the key that signs. */
    @DataBoundSetter
    public void setReceiptsOf(@CheckForNull String receiptsOf) {
        this.receiptsOf = StepArguments.trimmed(receiptsOf);
    }

    /** @throws ReleaseException if one of them cannot be read */
    List<TrustedKey> trusted() {
        return receiptsOf == null ? List.of() : PublicKeys.readAll(receiptsOf.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    void refuseUnclear() {
        super.refuseUnclear();
        trusted();
    }

    @Override
    String function() {
        return "rollbackTag";
    }

    /** @throws ReleaseException if an argument cannot be understood */
    RollbackRequest request(Evidence evidence) {
        return new RollbackRequest(
                        namedImages().stream().map(StepArguments::repository).toList(),
                        tags(),
                        RollbackTarget.parse(to))
                .mirrored(mirrors(), lag())
                .guarded(isAllowPlatformLoss(), evidence)
                .channelled(channel());
    }

    @Override
    public StepExecution start(StepContext context) {
        return new RollbackTagExecution(this, context);
    }

    /** What Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends RollbackTagDescriptor {}
}
