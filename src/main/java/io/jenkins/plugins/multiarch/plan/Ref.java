package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is built: a branch, a tag or a pull request.
 *
 * @param name the name of the branch or tag, without {@code refs/…/}; the number of the pull request
 */
public record Ref(Kind kind, String name) {
    /** Characters; git itself takes no more in one part of a path. */
    private static final int MAX_LENGTH = 255;

    /** As GitHub, Bitbucket, GitLab, Gerrit and the names of Jenkins' own branches write them, in this order. */
    private static final Pattern PULL_REQUEST = Pattern.compile("refs/pull/([0-9]+)/(?:merge|head)"
            + "|refs/pull-requests/([0-9]+)/(?:merge|from|head)"
            + "|refs/merge-requests/([0-9]+)/(?:merge|head)"
            + "|refs/changes/[0-9]{2}/([0-9]+)(?:/[0-9]+)?"
            + "|[PM]R-([0-9]+)(?:-(?:merge|head))?");

    /** What a ref can be. */
    public enum Kind {
        BRANCH("branch", "refs/heads/"),
        TAG("tag", "refs/tags/"),
        PULL_REQUEST("pull request", "refs/pull/");

        private final String text;
        private final String prefix;

        Kind(String text, String prefix) {
            this.text = text;
            this.prefix = prefix;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public Ref {
        if (name.isEmpty() || name.length() > MAX_LENGTH || !Shown.plain(name).equals(name) || name.contains(" ")) {
            throw refused(name);
        }
    }

    /**
     * Reads {@code refs/heads/main}, {@code refs/tags/v1.4.2}, {@code refs/pull/15/head} (also as other forges write it), or
     * as Jenkins names its branches: {@code main}, {@code PR-15}.
     */
    public static Ref parse(String text) {
        String written = text.strip();
        for (Kind kind : new Kind[] {Kind.BRANCH, Kind.TAG}) {
            if (written.startsWith(kind.prefix)) {
                return new Ref(kind, written.substring(kind.prefix.length()));
            }
        }
        Matcher pullRequest = PULL_REQUEST.matcher(written);
        if (pullRequest.matches()) {
            for (int group = 1; group <= pullRequest.groupCount(); group++) {
                if (pullRequest.group(group) != null) {
                    return new Ref(Kind.PULL_REQUEST, pullRequest.group(group));
                }
            }
        }
        if (written.startsWith("refs/")) {
            throw refused(written);
        }
        return new Ref(Kind.BRANCH, written);
    }

    private static ReleaseException refused(String written) {
        return new ReleaseException(
                "'" + Shown.of(written) + "' is not a ref that can be built.",
                "Write refs/heads/BRANCH, refs/tags/TAG, refs/pull/NUMBER/head, or the name of a branch.");
    }

    public boolean isBranch() {
        return kind == Kind.BRANCH;
    }

    public boolean isTag() {
        return kind == Kind.TAG;
    }

    public boolean isPullRequest() {
        return kind == Kind.PULL_REQUEST;
    }

    /** For people: {@code branch main}, {@code tag v1.4.2}, {@code pull request 15}. */
    public String shown() {
        return kind + " " + name;
    }

    /** As git writes it; every pull request as GitHub's head. */
    @Override
    public String toString() {
        return kind.prefix + name + (isPullRequest() ? "/head" : "");
    }
}
