package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Repository;
import java.util.Locale;

/**
 * An image that would be copied first.
 *
 * @param bytes of layers and configurations that would be sent now; inside one registry none
 */
public record PlannedCopy(ImageRef image, Repository target, long bytes) {

    /** One line of a plan. */
    public String line() {
        return String.format(Locale.ROOT, "Would copy %s to %s, sending %.1f MB.", image, target, bytes / 1e6);
    }

    ObjectNode toJson() {
        return Json.object()
                .put("image", image.toString())
                .put("target", target.toString())
                .put("bytes", bytes);
    }
}
