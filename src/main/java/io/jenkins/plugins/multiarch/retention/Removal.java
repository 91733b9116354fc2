package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;

/**
 * What became of one deletion.
 *
 * @param reason why it was not deleted, in words of ours around those of the registry; empty where it is gone
 * @param ends whether all others would be refused too for now, so that none is tried any more
 */
public record Removal(Outcome outcome, String reason, boolean ends) {
    public static final Removal DELETED = new Removal(Outcome.DELETED, "", false);
    public static final Removal GONE = new Removal(Outcome.GONE, "", false);

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
        return new Removal(Outcome.KEPT, reason, false);
    }

    /** @param now what the tag leads to by now */
    public static Removal moved(Digest now) {
        return kept("it leads to " + now + " by now");
    }

    public static Removal failed(String reason) {
        return new Removal(Outcome.FAILED, reason, false);
    }

    /** @param reason such as that a limit is reached */
    public static Removal ended(String reason) {
        return new Removal(Outcome.FAILED, reason, true);
    }
}
