package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Optional;

/**
 * What shall become of a staged image.
 *
 * @param archive an OCI archive to write in the workspace
 * @param layout a folder to write as an OCI layout there
 * @param image a repository to push to
 * @param tags to set there
 * @param load the name to load it under into the node's docker or podman
 * @param platform to load, unless that of the node
 */
record UnstageRequest(
        @CheckForNull String archive,
        @CheckForNull String layout,
        @CheckForNull String image,
        ArrayList<String> tags,
        @CheckForNull String load,
        @CheckForNull String platform)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    void refuseUnclear() {
        repository();
        Tag.parseAll(tags);
        asked();
        if (load != null) {
            refuseUnlessLocalName(load);
        }
        if (archive == null && layout == null && image == null && load == null) {
            throw new ReleaseException(
                    "unstageImage was not told what to make of the image.",
                    "Give archive, layout, image or load, or several of them.");
        }
        if (image == null && !tags.isEmpty()) {
            throw new ReleaseException(
                    "unstageImage was given tags and no repository.", "Give it as image, as in ghcr.io/acme/app.");
        }
        if (load == null && platform != null) {
            throw new ReleaseException(
                    "unstageImage was given a platform and nothing to load.",
                    "Leave it out; archives and registries get all platforms.");
        }
    }

    /** @throws ReleaseException if an image in a daemon cannot be called so */
    static void refuseUnlessLocalName(String name) {
        if (ImageRef.parse(name).digest().isPresent()) {
            throw new ReleaseException(
                    "'" + name + "' has a digest, and a loaded image is found by its name.",
                    "Write a name and a tag, as in acme/app:test.");
        }
    }

    Optional<Repository> repository() {
        return Optional.ofNullable(image).map(StepArguments::repository);
    }

    Optional<Platform> asked() {
        return Optional.ofNullable(platform).map(Platform::parse);
    }

    /** The name to load it under, with its tag. */
    String loadedName() {
        return ImageRef.parse(load).tag().isPresent() ? load : load + ":" + Tag.LATEST;
    }

    /** Whether one platform is enough. */
    boolean loadsOnly() {
        return archive == null && layout == null && image == null;
    }
}
