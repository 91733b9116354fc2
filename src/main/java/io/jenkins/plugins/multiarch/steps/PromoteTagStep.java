package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Points tags at images that have been built and tested already, without changing a byte of them. */
public final class PromoteTagStep extends TagsStep {
    private static final long serialVersionUID = 1L;

    private ArrayList<String> to = new ArrayList<>();
    private @CheckForNull String payload;
    private @CheckForNull String order;
    private boolean yields;
    private ArrayList<String> onlyIfHighest = new ArrayList<>(List.of(Tag.LATEST.name()));
    private boolean allowPrereleases;
    private ArrayList<String> immutable = new ArrayList<>();

    @DataBoundConstructor
    public PromoteTagStep(List<String> tags) {
        super(tags);
    }

    public List<String> getTo() {
        return to;
    }

    /** Repositories to set the tags in, copying what they lack; without any, each image's own. */
    @DataBoundSetter
    public void setTo(List<String> to) {
        this.to = StepArguments.trimmed(to);
    }

    public @CheckForNull String getPayload() {
        return payload;
    }

    /** What the document of the channel is to name beside the images; without, nothing. */
    @DataBoundSetter
    public void setPayload(@CheckForNull String payload) {
        this.payload = StepArguments.trimmed(payload);
    }

    Optional<ImageRef> payload() {
        return Optional.ofNullable(payload).map(ImageRef::parse);
    }

    public @CheckForNull String getOrder() {
        return order;
    }

    /** By what no tag goes backwards: {@code version}, {@code created} or {@code commit}. */
    @DataBoundSetter
    public void setOrder(@CheckForNull String order) {
        this.order = StepArguments.trimmed(order);
    }

    public boolean isYield() {
        return yields;
    }

    /** Whether an image that is older than what stands there ends as superseded; otherwise it is refused. */
    @DataBoundSetter
    public void setYield(boolean yields) {
        this.yields = yields;
    }

    public List<String> getOnlyIfHighest() {
        return onlyIfHighest;
    }

    /** Tags that only the highest stable version gets; {@code latest} unless set. */
    @DataBoundSetter
    public void setOnlyIfHighest(List<String> onlyIfHighest) {
        this.onlyIfHighest = StepArguments.trimmed(onlyIfHighest);
    }

    public boolean isAllowPrereleases() {
        return allowPrereleases;
    }

    /** Whether prereleases may get those too. */
    @DataBoundSetter
    public void setAllowPrereleases(boolean allowPrereleases) {
        this.allowPrereleases = allowPrereleases;
    }

    public List<String> getImmutable() {
        return immutable;
    }

    /** Patterns of tags that never move once they are there. */
    @DataBoundSetter
    public void setImmutable(List<String> immutable) {
        this.immutable = StepArguments.trimmed(immutable);
    }

    @Override
    String function() {
        return "promoteTag";
    }

    @Override
    public StepExecution start(StepContext context) {
        return new PromoteTagExecution(this, context);
    }

    /** What Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends PromoteTagDescriptor {}
}
