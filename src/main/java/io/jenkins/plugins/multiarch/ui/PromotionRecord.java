package io.jenkins.plugins.multiarch.ui;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.promote.PromotedTags;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a build did to the tags of a release, by one promotion or one rollback that moved all of them or none. */
@ExportedBean
public final class PromotionRecord {
    private final Kind kind;
    private final long time;
    private final ArrayList<TagRecord> tags = new ArrayList<>();
    private final String supersededBy;
    private final ArrayList<String> lagging;
    private final @CheckForNull String release;
    private final ArrayList<String> unrecorded;
    private ArrayList<String> mirrors = new ArrayList<>();
    private @CheckForNull String channel;
    private @CheckForNull String backTo;
    private boolean signed;

    /** What it was. */
    public enum Kind {
        PROMOTION,
        /** To an earlier release. */
        ROLLBACK,
        /** The end of one that broke off before, in this build or another. */
        RECOVERY
    }

    /**
     * @param time when its last tag had moved, in milliseconds since 1970
     * @param done what became of its tags
     */
    public PromotionRecord(Kind kind, long time, PromotedTags done) {
        this.kind = kind;
        this.time = time;
        done.tags().forEach(tag -> tags.add(new TagRecord(tag)));
        this.supersededBy = done.supersededBy();
        this.lagging = new ArrayList<>(done.lagging());
        this.release = done.release().map(Digest::toString).orElse(null);
        this.unrecorded = new ArrayList<>(done.unrecorded());
    }

    /** With the mirrors that its tags moved on too. */
    public PromotionRecord mirrored(List<String> to) {
        mirrors = new ArrayList<>(to);
        return this;
    }

    /** With the channel whose document names its images. */
    public PromotionRecord channelled(@CheckForNull String into) {
        channel = into;
        return this;
    }

    /** With the release that was gone back to, as the step was told it. */
    public PromotionRecord backTo(String to) {
        backTo = to;
        return this;
    }

    /** With whether its receipts are signed. */
    public PromotionRecord signed(boolean byAKey) {
        signed = byAKey;
        return this;
    }

    /** In small letters, as receipts have it. */
    @Exported
    public String getKind() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** When its last tag had moved, in milliseconds since 1970. */
    @Exported
    public long getTime() {
        return time;
    }

    /** The same, for the page. */
    public Date getDate() {
        return new Date(time);
    }

    @Exported(inline = true)
    public List<TagRecord> getTags() {
        return List.copyOf(tags);
    }

    /** The newer release of somebody else, because of which no tag moved; or empty. */
    @Exported
    public String getSupersededBy() {
        return supersededBy;
    }

    @Exported
    public List<String> getMirrors() {
        return List.copyOf(mirrors);
    }

    /** Mirrors that stayed behind, each as a sentence with the reason. */
    @Exported
    public List<String> getLagging() {
        return List.copyOf(lagging);
    }

    @Exported
    public @CheckForNull String getChannel() {
        return channel;
    }

    @Exported
    public @CheckForNull String getBackTo() {
        return backTo;
    }

    /** What its receipts call it; nothing where none were to be left. */
    @Exported
    public @CheckForNull String getRelease() {
        return release;
    }

    /** Whether a key signed its receipts. */
    @Exported
    public boolean isSigned() {
        return signed && release != null;
    }

    /** Receipts that could not be left, each as a sentence with the reason. */
    @Exported
    public List<String> getUnrecorded() {
        return List.copyOf(unrecorded);
    }

    /** For people, in their language. */
    public String getTitle() {
        return switch (kind) {
            case PROMOTION -> Messages.PromotionRecord_promotion();
            case ROLLBACK -> Messages.PromotionRecord_rollback(backTo);
            case RECOVERY -> Messages.PromotionRecord_recovery();
        };
    }
}
