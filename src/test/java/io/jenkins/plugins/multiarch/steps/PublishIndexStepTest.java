package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishIndexStepTest {

    @Test
    void asksForNothingButTheRepositoryAndTheImages() {
        PublishIndexStep step = new PublishIndexStep(" ghcr.io/acme/app ", List.of(" a@b ", " "));

        assertThat(step.getImage()).isEqualTo("ghcr.io/acme/app");
        assertThat(step.getImages()).containsExactly("a@b");
        assertThat(step.getAppend()).isNull();
        assertThat(step.getTags()).isEmpty();
        assertThat(step.isImmutableTags()).isFalse();
        assertThat(step.getExpectedPlatforms()).isEmpty();
        assertThat(step.getAnnotations()).isEmpty();
        assertThat(step.getCredentialsId()).isNull();
    }

    @Test
    void keepsWhatItIsGiven() {
        PublishIndexStep step = new PublishIndexStep("ghcr.io/acme/app", List.of());

        step.setAppend(" ghcr.io/acme/app:1.0 ");
        step.setTags(List.of("1.0", ""));
        step.setImmutableTags(true);
        step.setExpectedPlatforms(List.of("linux/amd64"));
        step.setAnnotations(List.of("a=b"));
        step.setCredentialsId(" ghcr ");

        assertThat(step.getAppend()).isEqualTo("ghcr.io/acme/app:1.0");
        assertThat(step.getTags()).containsExactly("1.0");
        assertThat(step.isImmutableTags()).isTrue();
        assertThat(step.getExpectedPlatforms()).containsExactly("linux/amd64");
        assertThat(step.getAnnotations()).containsExactly("a=b");
        assertThat(step.getCredentialsId()).isEqualTo("ghcr");
    }

    @Test
    void takesAnEmptyChoiceOfCredentialsForNone() {
        PublishIndexStep step = new PublishIndexStep("ghcr.io/acme/app", List.of());

        step.setCredentialsId("");

        assertThat(step.getCredentialsId()).isNull();
    }

    @Test
    void isShownByItsImage() {
        PublishIndexStep.DescriptorImpl descriptor = new PublishIndexStep.DescriptorImpl();

        assertThat(descriptor.getFunctionName()).isEqualTo("publishIndex");
        assertThat(descriptor.getDisplayName()).isEqualTo("Publish an image for several platforms from their digests");
        assertThat(descriptor.argumentsToString(Map.of("image", "ghcr.io/acme/app", "images", List.of("x"))))
                .isEqualTo("ghcr.io/acme/app");
    }
}
