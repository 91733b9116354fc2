package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ImageRef;

/** What an image has to have before it gets a tag, such as signatures and scans. */
@FunctionalInterface
public interface Evidence {
    /** Asks for nothing. */
    Evidence NONE = image -> {};

    /**
     * Returns where the image has it.
     *
     * @param image by its digest
     * @throws io.jenkins.plugins.multiarch.image.ReleaseException saying what it lacks
     */
    void refuseUnlessPresent(ImageRef image) throws InterruptedException;
}
