package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildMultiArchStepTest {

    @Test
    void asksForNothingButTheRepository() {
        BuildMultiArchStep step = new BuildMultiArchStep(" ghcr.io/acme/app ");

        assertThat(step.getImage()).isEqualTo("ghcr.io/acme/app");
        assertThat(step.getPlatforms()).isEmpty();
        assertThat(step.getBuilder()).isNull();
        assertThat(step.getPublish()).isNull();
        assertThat(step.getWaitMinutes()).isEqualTo(60);
        assertThat(step.getRetries()).isEqualTo(2);
    }

    @Test
    void isShownByItsImage() {
        BuildMultiArchStep.DescriptorImpl descriptor = new BuildMultiArchStep.DescriptorImpl();

        assertThat(descriptor.getFunctionName()).isEqualTo("buildMultiArch");
        assertThat(descriptor.getDisplayName())
                .isEqualTo("Build an image for several platforms, each on an agent of its own");
        assertThat(descriptor.argumentsToString(Map.of("image", "ghcr.io/acme/app", "tags", "1.0")))
                .isEqualTo("ghcr.io/acme/app");
    }

    /** Pages get only what public classes declare, and show nothing for the rest. */
    @Test
    void showsPagesWhatItSaysOfItself() {
        assertThat(BuildMultiArchStep.DescriptorImpl.class.getMethods())
                .filteredOn(
                        method -> method.getDeclaringClass().getPackageName().contains("multiarch"))
                .allMatch(method -> Modifier.isPublic(method.getDeclaringClass().getModifiers()));
    }

    @Test
    void readsItsCacheAndWritesItUnlessSaid() {
        BuildCache cache = new BuildCache(" ghcr.io/acme/cache ");

        assertThat(cache.getReference()).isEqualTo("ghcr.io/acme/cache");
        assertThat(cache.getMode()).isNull();
        assertThat(cache.isRead()).isTrue();
        assertThat(cache.isWrite()).isTrue();
    }
}
