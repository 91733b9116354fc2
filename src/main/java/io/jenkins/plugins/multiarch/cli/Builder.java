package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.Locale;

/** What builds an image; so far our own builder alone. */
enum Builder {
    AUTO,
    DAEMONLESS,
    BUILDX,
    DOCKER,
    BUILDAH,
    PODMAN;

    static Builder parse(String text) {
        for (Builder builder : values()) {
            if (builder.toString().equals(text)) {
                return builder;
            }
        }
        throw new ReleaseException("'" + Shown.of(text) + "' is not a builder.", "Write daemonless or auto.");
    }

    void refuseUnlessSupported() {
        if (this != AUTO && this != DAEMONLESS) {
            throw new ReleaseException(
                    "The builder '" + this + "' is not supported yet; this version builds by 'daemonless' alone.",
                    "Use --builder daemonless; or build by '" + this
                            + "' on your own, push by digest, and go on with publish-index.");
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
