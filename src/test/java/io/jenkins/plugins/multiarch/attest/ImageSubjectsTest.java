package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageSubjectsTest {
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Repository app = Repository.parse("a.example/acme/app");
    private final SampleImages images = new SampleImages(registry, app);

    @Test
    void refusesAnIndexOfHundredsOfImages() throws Exception {
        List<Descriptor> children = new ArrayList<>();
        for (int i = 0; i <= 200; i++) {
            children.add(images.image("linux/amd64", "layer " + i).descriptor());
        }
        ImageIndex index = images.index(children);

        assertThatThrownBy(() -> ImageSubjects.read(registry, ImageRef.of(app, index.digest())))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The index a.example/acme/app@" + index.digest() + " leads to more than 200 images."
                        + " Attest or verify its images in several calls.");
    }

    @Test
    void findsTheImagesOfNestedIndexes() throws Exception {
        ImageManifest image = images.image("linux/amd64", "a");
        ImageManifest other = images.image("linux/arm64", "b");
        ImageIndex inner = images.index(other, image);
        ImageIndex outer = images.index(image, inner);

        ImageSubjects subjects = ImageSubjects.read(registry, ImageRef.of(app, outer.digest()));

        assertThat(subjects.all().stream().map(Descriptor::digest))
                .containsExactly(outer.digest(), image.digest(), inner.digest(), other.digest());
    }
}
