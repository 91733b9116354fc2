package io.jenkins.plugins.multiarch.builder;

import java.util.regex.Pattern;

/** Addresses of repositories, as they may be shown to anybody. */
public final class GitAddress {
    private static final Pattern ON_A_HOST = Pattern.compile("(?i)(?!file:)[a-z][a-z0-9+.-]*://.*");

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
        boolean ssh = bare.regionMatches(true, 0, "ssh:", 0, 4);
        String doubtful = ssh ? bare.replaceFirst("^(?i)ssh://[^/:@]*@", "") : bare;
        return doubtful.contains("@") ? "" : bare.replaceFirst("[?#].*$", "");
    }
}
