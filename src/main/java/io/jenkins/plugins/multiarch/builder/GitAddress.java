package io.jenkins.plugins.multiarch.builder;

/** Addresses of repositories, as they may be shown to anybody. */
public final class GitAddress {
    private GitAddress() {}

    /** Without a password or token; a user of ssh is part of the address. */
    public static String withoutLogin(String url) {
        return url.replaceFirst("^(?i)(ssh://[^/:@]*):[^/]*@", "$1@")
                .replaceFirst("^(?i)((?!ssh:)[a-z][a-z0-9+.-]*://)[^/]*@", "$1");
    }
}
