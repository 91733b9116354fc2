package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.List;
import java.util.Optional;

/**
 * An image that is to become part of an index.
 *
 * @param platform the platform it has to be for, where that was said
 */
public record ChildImage(Optional<Platform> platform, ImageRef image) {

    /** Reads {@code ghcr.io/acme/app@sha256:…}, or with its platform {@code linux/arm64=ghcr.io/acme/app@sha256:…}. */
    public static ChildImage parse(String text) {
        String written = text.strip();
        int equals = written.indexOf('=');
        ImageRef image = ImageRef.parse(written.substring(equals + 1));
        if (image.digest().isEmpty()) {
            throw new ReleaseException(
                    "'" + Shown.of(image.toString()) + "' has no digest, so what the index would hold may change.",
                    "Give the digest that the builder pushed, as in linux/arm64=" + image.repository() + "@sha256:….");
        }
        return new ChildImage(
                equals < 0 ? Optional.empty() : Optional.of(Platform.parse(written.substring(0, equals))), image);
    }

    /** Reads several, in their order. */
    public static List<ChildImage> parseAll(List<String> texts) {
        return texts.stream().map(ChildImage::parse).toList();
    }

    @Override
    public String toString() {
        return platform.map(p -> p + "=").orElse("") + image;
    }
}
