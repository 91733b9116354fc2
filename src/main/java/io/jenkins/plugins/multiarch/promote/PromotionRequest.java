package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.List;

/**
 * Which images shall get which tags.
 *
 * @param images by digest, or by a tag that is resolved once before anything else happens
 * @param targets where the tags are set; none for each image's own repository
 */
public record PromotionRequest(List<ImageRef> images, List<Tag> tags, List<Repository> targets) {

    public PromotionRequest {
        images = images.stream().distinct().toList();
        tags = tags.stream().distinct().toList();
        targets = targets.stream().distinct().toList();
        if (images.isEmpty()) {
            throw new ReleaseException("No image to promote was named.", "Name one, as in ghcr.io/acme/app@sha256:….");
        }
        if (tags.isEmpty()) {
            throw new ReleaseException("No tag to set was named.", "Name at least one, as in 1.4.2.");
        }
    }

    List<Repository> targetsOf(ImageRef image) {
        return targets.isEmpty() ? List.of(image.repository()) : targets;
    }
}
