package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.version.ReleaseVersion;
import java.util.Optional;

/**
 * What one rule comes to in one build.
 *
 * @param text what is to become a tag; empty where the rule comes to nothing
 * @param reason why it comes to nothing, or is left out
 * @param movesLatest whether latest moves with it where nobody says otherwise
 * @param version the version that it is of
 */
record TagValue(String text, String reason, boolean movesLatest, Optional<ReleaseVersion> version) {

    static TagValue of(String text, boolean movesLatest) {
        return new TagValue(text, "", movesLatest, Optional.empty());
    }

    static TagValue of(String text, ReleaseVersion version) {
        return new TagValue(text, "", version.isPlain(), Optional.of(version));
    }

    static TagValue none(String reason) {
        return new TagValue("", reason, false, Optional.empty());
    }

    /** The tag is another version's. */
    TagValue leftTo(ReleaseVersion higher) {
        return leftOut("stays with " + higher.text() + ", which is higher");
    }

    TagValue leftOut(String because) {
        return new TagValue(text, because, movesLatest, version);
    }

    boolean isLeftOut() {
        return !reason.isEmpty();
    }
}
