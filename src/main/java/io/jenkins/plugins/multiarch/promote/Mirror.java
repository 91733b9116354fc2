package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Shown;

/**
 * Where else images and tags go: a repository, or with a slash at the end a namespace in which every repository keeps the
 * last part of its name.
 */
public record Mirror(String text) {

    public Mirror {
        if (text.endsWith("/")) {
            Repository.parse(text + "name");
        } else {
            refuseTagged(text);
            Repository.parse(text);
        }
    }

    /** Reads {@code docker.io/acme/app} or {@code docker.io/acme/}. */
    public static Mirror parse(String text) {
        return new Mirror(text.strip());
    }

    private static void refuseTagged(String text) {
        if (text.contains("@") || text.lastIndexOf(':') > text.lastIndexOf('/')) {
            throw new ReleaseException(
                    "'" + Shown.of(text) + "' names one image, where a mirror is asked for.",
                    "Leave out tag and digest: the mirror gets those that are promoted.");
        }
    }

    Repository of(Repository source) {
        String path = source.path();
        return Repository.parse(text.endsWith("/") ? text + path.substring(path.lastIndexOf('/') + 1) : text);
    }

    @Override
    public String toString() {
        return text;
    }
}
