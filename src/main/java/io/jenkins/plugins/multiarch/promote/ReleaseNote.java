package io.jenkins.plugins.multiarch.promote;

import java.util.Optional;

/**
 * What a receipt says of a release beside its tags and images; each text is empty where there is nothing to say.
 *
 * @param version of all its images; without, each image's own
 * @param build the number of the build that promotes
 * @param url where that build can be looked at
 * @param step which of all steps of all builds it is, which a build may have several of
 * @param rollback where an earlier release is gone back to
 */
public record ReleaseNote(String version, String build, String url, String step, Optional<ReturnTo> rollback) {
    /** Says nothing. */
    public static final ReleaseNote NONE = new ReleaseNote("", "", "");

    /** For a promotion. */
    public ReleaseNote(String version, String build, String url) {
        this(version, build, url, "", Optional.empty());
    }

    /** The same of a step, by a name that no other step of any build has. */
    public ReleaseNote step(String name) {
        return new ReleaseNote(version, build, url, name, rollback);
    }

    /** Where another build of the same job can be looked at; nothing where this says no address that ends in its number. */
    Optional<String> addressOf(String number) {
        String end = "/" + build + "/";
        return build.isEmpty() || !url.endsWith(end)
                ? Optional.empty()
                : Optional.of(url.substring(0, url.length() - end.length()) + "/" + number + "/");
    }

    ReleaseNote goingBack(ReturnTo to) {
        return new ReleaseNote(version, build, url, step, Optional.of(to));
    }
}
