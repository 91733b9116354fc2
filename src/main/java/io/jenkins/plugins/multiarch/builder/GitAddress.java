package io.jenkins.plugins.multiarch.builder;

import java.util.regex.Pattern;

/** Addresses of repositories, as they may be shown to anybody. */
public final class GitAddress {
    private static final Pattern ON_A_HOST = Pattern.compile("(?i)(?!file:)[a-z][a-z0-9+.-]*://.*");

    /** An @ that is neither behind the user of ssh nor at the beginning of a name in the path; or behind what is no port. */
    private static final Pattern MAY_HOLD_A_PASSWORD = Pattern.compile(
            "(?i)(?:ssh://(?:[^/:@]*@)?+|(?!ssh:)[a-z][a-z0-9+.-]*://)(?:.*[^/]@.*|[^/@]*:(?![0-9]*/).*@.*)");

    private GitAddress() {}

    /**
     * Without a password or token, and without a query, where some hosts take one too; a user of ssh is part of the
     * address. Empty where it cannot be told what a password is, as one with a slash in it.
     */
    public static String withoutLogin(String url) {
        String bare = url.replaceFirst("^(?i)(ssh://[^/:@]*):[^/]*@", "$1@")
                .replaceFirst("^(?i)((?!ssh:)[a-z][a-z0-9+.-]*://)[^/]*@", "$1");
        if (!ON_A_HOST.matcher(bare).matches()) {
            return bare;
        }
        return MAY_HOLD_A_PASSWORD.matcher(bare).matches() ? "" : bare.replaceFirst("[?#].*$", "");
    }
}
