package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.CopyScope;
import io.jenkins.plugins.multiarch.registry.ImageCopy;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Brings images to where they are to get tags, which may be done in another place than moving the tags. */
@FunctionalInterface
public interface Copier {

    /**
     * An image that a repository is to have.
     *
     * @param image by its digest, where it is now
     */
    record Copy(ImageRef image, Repository target) {}

    /**
     * Copies them with all that was said about them, and sets no tag of theirs; what is there is not sent.
     *
     * @throws io.jenkins.plugins.multiarch.image.ReleaseException where a registry refuses or does not answer
     * @throws IOException where the place that copies is lost
     */
    void bring(List<Copy> copies) throws IOException, InterruptedException;

    /** Copies where it is called, with one line in the log for each copy. */
    static Copier here(Registry registry, Consumer<String> log) {
        ImageCopy copy = new ImageCopy(registry, log);
        return copies -> {
            for (Copy one : copies) {
                copy.copy(
                        one.image().repository(),
                        one.image().digest().orElseThrow(),
                        one.target(),
                        List.of(),
                        CopyScope.REFERRERS);
            }
        };
    }
}
