package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.Set;

/**
 * A build cache in a registry.
 *
 * @param reference the repository, with a beginning for the tags behind a colon if they shall have one
 * @param mode {@code min}, the layers of the result, or {@code max}, those of all stages
 * @param read whether to take from it; that it cannot be read never fails a build
 * @param write whether to write it; that BuildKit cannot write it never fails a build, as it does with buildah
 */
public record Cache(String reference, String mode, boolean read, boolean write) {
    private static final Set<String> MODES = Set.of("min", "max");

    public Cache {
        ImageRef parsed = ImageRef.parse(reference);
        if (parsed.digest().isPresent()) {
            throw new ReleaseException(
                    "The cache '" + Shown.of(reference) + "' names a digest, which cannot be written again.",
                    "Name a repository, as in ghcr.io/acme/app-cache.");
        }
        if (!MODES.contains(mode)) {
            throw new ReleaseException(
                    "'" + Shown.of(mode) + "' is not a mode of a cache.",
                    "Write min, for the layers of the result, or max, for those of all stages.");
        }
    }

    /**
     * The one reference of a variant and a platform, so that no two builds of a run write the same:
     * {@code REPOSITORY:[BEGINNING-][NAME-]linux-arm64}.
     *
     * @param name of the variant; empty where there is only one
     */
    public ImageRef reference(String name, Platform platform) {
        ImageRef base = ImageRef.parse(reference);
        String tag = base.tag().map(beginning -> beginning + "-").orElse("")
                + (name.isEmpty() ? "" : name + "-")
                + platform.slug();
        return ImageRef.of(base.repository(), new Tag(tag));
    }
}
