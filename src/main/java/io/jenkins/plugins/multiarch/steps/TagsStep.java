package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.Mirror;
import io.jenkins.plugins.multiarch.promote.PromotionRequest.MirrorLag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that moves the tags of a release, forwards or back. */
public abstract class TagsStep extends ImagesStep {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> tags;
    private ArrayList<String> mirrors = new ArrayList<>();
    private boolean reportLag;
    private boolean plan;
    private @CheckForNull String apply;
    private boolean allowPlatformLoss;
    private @CheckForNull RequiredEvidence require;
    private @CheckForNull String channel;
    private @CheckForNull String receiptKeyCredentialsId;
    private @CheckForNull String receiptKeyPasswordCredentialsId;

    TagsStep(List<String> tags) {
        this.tags = StepArguments.trimmed(tags);
    }

    public final List<String> getTags() {
        return tags;
    }

    public final List<String> getMirrors() {
        return mirrors;
    }

    /** Where the tags move too: repositories, or namespaces with a slash at the end. */
    @DataBoundSetter
    public final void setMirrors(List<String> mirrors) {
        this.mirrors = StepArguments.trimmed(mirrors);
    }

    public final boolean isReportLag() {
        return reportLag;
    }

    /** Whether the release goes on without a mirror that cannot follow. */
    @DataBoundSetter
    public final void setReportLag(boolean reportLag) {
        this.reportLag = reportLag;
    }

    public final boolean isPlan() {
        return plan;
    }

    @DataBoundSetter
    public final void setPlan(boolean plan) {
        this.plan = plan;
    }

    public final @CheckForNull String getApply() {
        return apply;
    }

    /** The hash of a plan, which has to hold still. */
    @DataBoundSetter
    public final void setApply(@CheckForNull String apply) {
        this.apply = StepArguments.trimmed(apply);
    }

    public final boolean isAllowPlatformLoss() {
        return allowPlatformLoss;
    }

    @DataBoundSetter
    public final void setAllowPlatformLoss(boolean allowPlatformLoss) {
        this.allowPlatformLoss = allowPlatformLoss;
    }

    public final @CheckForNull RequiredEvidence getRequire() {
        return require;
    }

    /** What every image has to have. */
    @DataBoundSetter
    public final void setRequire(@CheckForNull RequiredEvidence require) {
        this.require = require;
    }

    public final @CheckForNull String getChannel() {
        return channel;
    }

    /** The channel whose document is to name the images: its repository, and the channel as a tag. */
    @DataBoundSetter
    public final void setChannel(@CheckForNull String channel) {
        this.channel = StepArguments.trimmed(channel);
    }

    public final @CheckForNull String getReceiptKeyCredentialsId() {
        return receiptKeyCredentialsId;
    }

    /** Credentials of the key that signs the receipt; without any it is left unsigned. */
    @DataBoundSetter
    public final void setReceiptKeyCredentialsId(@CheckForNull String receiptKeyCredentialsId) {
        this.receiptKeyCredentialsId = StepArguments.trimmed(receiptKeyCredentialsId);
    }

    public final @CheckForNull String getReceiptKeyPasswordCredentialsId() {
        return receiptKeyPasswordCredentialsId;
    }

    @DataBoundSetter
    public final void setReceiptKeyPasswordCredentialsId(@CheckForNull String receiptKeyPasswordCredentialsId) {
        this.receiptKeyPasswordCredentialsId = StepArguments.trimmed(receiptKeyPasswordCredentialsId);
    }

    /** The step's name in a Jenkinsfile. */
    abstract String function();

    /** @throws ReleaseException if arguments contradict each other, or one cannot be understood */
    void refuseUnclear() {
        refusePlanAndApply(function(), plan, apply);
        agreed();
        receiptKey().refusePasswordAlone(function());
        evidence().ifPresent(PolicySource::refuseMoreThanOne);
    }

    static void refusePlanAndApply(String function, boolean plan, @CheckForNull String apply) {
        if (plan && apply != null) {
            throw new ReleaseException(
                    function + " was told both to plan and to apply a plan.",
                    "Leave out plan to move the tags, or apply to look at what would move.");
        }
    }

    final ArrayList<String> namedImages() {
        return namedImages(function());
    }

    final List<Tag> tags() {
        return Tag.parseAll(tags);
    }

    final List<Mirror> mirrors() {
        return mirrors.stream().map(Mirror::parse).toList();
    }

    final MirrorLag lag() {
        return reportLag ? MirrorLag.REPORTED : MirrorLag.FAILS;
    }

    /** The hash of the plan that was agreed to. */
    final Optional<Digest> agreed() {
        return Optional.ofNullable(apply).map(Digest::parse);
    }

    final Optional<ChannelTarget> channel() {
        return Optional.ofNullable(channel).map(ChannelTarget::parse);
    }

    final ReceiptKey receiptKey() {
        return new ReceiptKey(receiptKeyCredentialsId, receiptKeyPasswordCredentialsId);
    }

    final Optional<PolicySource> evidence() {
        return Optional.ofNullable(require).map(required -> required.source(function()));
    }
}
