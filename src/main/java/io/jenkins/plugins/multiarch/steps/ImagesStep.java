package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** A step for images that are there already, one or several in one call. */
public abstract class ImagesStep extends RegistryStep {
    private static final long serialVersionUID = 1L;

    private @CheckForNull String image;
    private ArrayList<String> images = new ArrayList<>();

    ImagesStep() {}

    public final @CheckForNull String getImage() {
        return image;
    }

    @DataBoundSetter
    public final void setImage(@CheckForNull String image) {
        this.image = StepArguments.trimmed(image);
    }

    public final List<String> getImages() {
        return images;
    }

    @DataBoundSetter
    public final void setImages(List<String> images) {
        this.images = StepArguments.trimmed(images);
    }

    /**
     * All of them.
     *
     * @param function the step's name, for the refusal
     * @throws ReleaseException if both arguments are given
     */
    final ArrayList<String> namedImages(String function) {
        if (image == null) {
            return images;
        }
        if (!images.isEmpty()) {
            throw new ReleaseException(
                    function + " was given both image and images.",
                    "Name all of them in images, or the only one in image.");
        }
        return new ArrayList<>(List.of(image));
    }
}
