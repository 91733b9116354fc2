package io.jenkins.plugins.multiarch.promote;

import java.util.Optional;

/**
 * What a receipt says of a release beside its tags and images; each text is empty where there is nothing to say.
 *
 * @param version of all its images; without, each image's own
 * @param build the number of the build that promotes
 * @param url where that build can be looked at
 * @param rollback where an earlier release is gone back to
 */
public record ReleaseNote(String version, String build, String url, Optional<ReturnTo> rollback) {
    /** Says nothing. */
    public static final ReleaseNote NONE = new ReleaseNote("", "", "");

    /** For a promotion. */
    public ReleaseNote(String version, String build, String url) {
        this(version, build, url, Optional.empty());
    }

    ReleaseNote goingBack(ReturnTo to) {
        return new ReleaseNote(version, build, url, Optional.of(to));
    }
}
