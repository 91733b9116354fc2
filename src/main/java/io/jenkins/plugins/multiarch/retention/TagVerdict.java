package io.jenkins.plugins.multiarch.retention;

/**
 * What becomes of a tag.
 *
 * @param reason a clause
 */
public record TagVerdict(boolean kept, String reason) {

    static TagVerdict kept(String reason) {
        return new TagVerdict(true, reason);
    }

    /** The same, with the pattern of the rule that says it. */
    TagVerdict of(NamePattern rule) {
        return new TagVerdict(kept, rule + ": " + reason);
    }

    /** Of two rules: kept where one of them keeps, deleted for the reasons of both. */
    TagVerdict or(TagVerdict other) {
        if (kept != other.kept) {
            return kept ? this : other;
        }
        return kept ? this : new TagVerdict(false, reason + "; " + other.reason);
    }
}
