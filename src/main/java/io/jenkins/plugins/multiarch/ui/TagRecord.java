package io.jenkins.plugins.multiarch.ui;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.promote.MovedTag;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a promotion or a rollback did to one tag. */
@ExportedBean
public final class TagRecord {
    /** The characters of a digest that tell it from others on a page: its algorithm and 12 digits. */
    private static final int SHOWN = "sha256:".length() + 12;

    private final String repository;
    private final String tag;
    private final @CheckForNull String previous;
    private final String digest;
    private final boolean changed;
    private final String reason;

    TagRecord(MovedTag moved) {
        this.repository = moved.repository().toString();
        this.tag = moved.tag().name();
        this.previous = moved.previous().map(Digest::toString).orElse(null);
        this.digest = moved.digest().toString();
        this.changed = moved.changed();
        this.reason = moved.reason();
    }

    @Exported
    public String getRepository() {
        return repository;
    }

    @Exported
    public String getTag() {
        return tag;
    }

    /** Where it led before; nothing where it was not there. */
    @Exported
    public @CheckForNull String getPrevious() {
        return previous;
    }

    /** Where it leads since. */
    @Exported
    public String getDigest() {
        return digest;
    }

    @Exported
    public boolean isChanged() {
        return changed;
    }

    /** Why it was left where it is although that is elsewhere; or empty. */
    @Exported
    public String getReason() {
        return reason;
    }

    /** The beginning of where it led before, for the page; empty where it was not there. */
    public String getPreviousShort() {
        return previous == null ? "" : abbreviated(previous);
    }

    /** The beginning of where it leads since, for the page. */
    public String getDigestShort() {
        return abbreviated(digest);
    }

    private static String abbreviated(String whole) {
        return whole.length() <= SHOWN ? whole : whole.substring(0, SHOWN) + "…";
    }

    /** For people, in their language. */
    public String getStateText() {
        if (!reason.isEmpty()) {
            return Messages.TagRecord_keptBecause(reason);
        }
        if (!changed) {
            return Messages.TagRecord_kept();
        }
        return previous == null ? Messages.TagRecord_added() : Messages.TagRecord_moved();
    }
}
