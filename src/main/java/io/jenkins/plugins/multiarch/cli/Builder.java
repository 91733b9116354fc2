package io.jenkins.plugins.multiarch.cli;

/** What can build an image here. */
enum Builder {
    DAEMONLESS,
    AUTO;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
