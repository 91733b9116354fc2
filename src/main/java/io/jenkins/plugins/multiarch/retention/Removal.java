package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;

/**
 * What became of one deletion.
 *
 * @param reason why it was not deleted, in words of ours around those of the registry; empty where it is gone
 * @param then what it means for all others
 */
public record Removal(Outcome outcome, String reason, Then then) {
    public static final Removal DELETED = new Removal(Outcome.DELETED, "", Then.GO_ON);
    public static final Removal GONE = new Removal(Outcome.GONE, "", Then.GO_ON);

    /** Whether others are tried. */
    public enum Then {
        GO_ON,
        /** The next run may go on. */
        END,
        /** Nobody can, until something is mended. */
        FAIL
    }

    /** How a deletion can end. */
    public enum Outcome {
        DELETED,
        /** Somebody else had deleted it. */
        GONE,
        /** The registry has a rule of its own that keeps it: immutable, retained, downloaded too often. */
        KEPT,
        /** The registry would not or could not, and may another time. */
        FAILED
    }

    /** @param reason such as {@code Harbor has a rule that makes it immutable} */
    public static Removal kept(String reason) {
        return new Removal(Outcome.KEPT, reason, Then.GO_ON);
    }

    /** @param now what the tag leads to by now */
    public static Removal moved(Digest now) {
        return kept("it leads to " + now + " by now");
    }

    public static Removal failed(String reason) {
        return new Removal(Outcome.FAILED, reason, Then.GO_ON);
    }

    /** @param reason that a limit is reached, for a time that is too long to wait */
    public static Removal limited(String reason) {
        return new Removal(Outcome.FAILED, reason, Then.END);
    }

    /** @param reason for which nothing would be deleted any more, such as a token that expired */
    public static Removal refused(String reason) {
        return new Removal(Outcome.FAILED, reason, Then.FAIL);
    }
}
