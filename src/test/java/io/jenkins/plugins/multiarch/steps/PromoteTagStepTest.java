package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromoteTagStepTest {

    @Test
    void asksForNothingButTheTags() {
        PromoteTagStep step = new PromoteTagStep(List.of("1.0", " stable "));

        assertThat(step.getTags()).containsExactly("1.0", "stable");
        assertThat(step.getImage()).isNull();
        assertThat(step.getImages()).isEmpty();
        assertThat(step.getTo()).isEmpty();
        assertThat(step.isPlan()).isFalse();
        assertThat(step.getCredentialsId()).isNull();
        assertThat(step.getMirrors()).isEmpty();
        assertThat(step.getImmutable()).isEmpty();
        assertThat(step.getOnlyIfHighest()).containsExactly("latest");
        assertThat(step.getOrder()).isNull();
        assertThat(step.getApply()).isNull();
        assertThat(step.getRequire()).isNull();
        assertThat(List.of(step.isReportLag(), step.isYield(), step.isAllowPlatformLoss(), step.isAllowPrereleases()))
                .containsOnly(false);
    }

    @Test
    void keepsWhatItIsGiven() {
        PromoteTagStep step = new PromoteTagStep(List.of("1.0"));

        step.setImage("ghcr.io/acme/app");
        step.setImages(List.of("ghcr.io/acme/web"));
        step.setTo(List.of("docker.io/acme/app"));
        step.setPlan(true);
        step.setCredentialsId("ghcr");

        assertThat(step.getImage()).isEqualTo("ghcr.io/acme/app");
        assertThat(step.getImages()).containsExactly("ghcr.io/acme/web");
        assertThat(step.getTo()).containsExactly("docker.io/acme/app");
        assertThat(step.isPlan()).isTrue();
        assertThat(step.getCredentialsId()).isEqualTo("ghcr");
    }

    @Test
    void isShownByItsImageOrTheFirstOfSeveral() {
        PromoteTagStep.DescriptorImpl descriptor = new PromoteTagStep.DescriptorImpl();

        assertThat(descriptor.getFunctionName()).isEqualTo("promoteTag");
        assertThat(descriptor.getDisplayName()).isEqualTo("Point tags at an image that was built and tested");
        assertThat(descriptor.argumentsToString(Map.of("image", "a.b/c"))).isEqualTo("a.b/c");
        assertThat(descriptor.argumentsToString(Map.of("images", List.of("a.b/c", "a.b/d"))))
                .isEqualTo("a.b/c");
        assertThat(descriptor.argumentsToString(Map.of("tags", List.of("1.0")))).isNull();
    }
}
