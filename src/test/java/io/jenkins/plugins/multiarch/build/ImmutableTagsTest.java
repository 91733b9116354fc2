package io.jenkins.plugins.multiarch.build;

import static io.jenkins.plugins.multiarch.build.SampleChildren.APP;
import static io.jenkins.plugins.multiarch.build.SampleChildren.STAGING;
import static io.jenkins.plugins.multiarch.build.SampleChildren.child;
import static io.jenkins.plugins.multiarch.build.SampleChildren.entry;
import static io.jenkins.plugins.multiarch.build.SampleChildren.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImmutableTagsTest {
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SampleChildren samples = new SampleChildren(registry);
    private final IndexAssembly assembly = new IndexAssembly(registry, line -> {});

    private static IndexRequest immutable(List<ChildImage> images, String... tags) {
        return new IndexRequest(APP, images, Tag.parseAll(List.of(tags)), List.of(), Map.of()).withImmutableTags(true);
    }

    @Test
    void refusesToMoveAnImmutableTagBeforeAnythingIsWritten() throws IOException, InterruptedException {
        PublishedImage first = assembly.publish(request(List.of(child(APP, samples.image(APP, "amd64")))));
        ImageManifest arm = samples.image(STAGING, "arm64");
        Digest index = ForeseenIndex.of("app", List.of(entry(arm, "linux/arm64")), List.of(), Map.of())
                .digest();
        registry.forgetRequests();

        assertThatThrownBy(() -> assembly.publish(immutable(List.of(child(STAGING, arm)), "new", "1.4")))
                .hasMessage("Tag 1.4 of ghcr.io/acme/app is not moved: it stands on " + first.digest()
                        + " already, and the index is " + index + ". Choose a tag that is not there yet; to move this"
                        + " one on purpose, promote the image to it.");
        assertThat(registry.writes()).isEmpty();
    }

    @Test
    void leavesAnImmutableTagThatStandsWhereItShould() throws IOException, InterruptedException {
        List<ChildImage> images = List.of(child(APP, samples.image(APP, "amd64")));
        PublishedImage first = assembly.publish(immutable(images, "1.4"));
        registry.forgetRequests();

        PublishedImage second = assembly.publish(immutable(images, "1.4"));

        assertThat(second).isEqualTo(first);
        assertThat(registry.writes()).isEmpty();
    }

    @Test
    void keepsAnImmutableTagThatSomebodyElseSetMeanwhile() throws IOException, InterruptedException {
        ImageManifest amd = samples.image(APP, "amd64");
        ImageManifest arm = samples.image(APP, "arm64");
        List<String> tag = new ArrayList<>(List.of("1.4"));
        registry.before(request -> {
            if (request.startsWith("PUT ghcr.io/acme/app sha256:") && !tag.isEmpty()) {
                registry.put(APP, new Tag(tag.remove(0)), arm);
            }
        });

        assertThatThrownBy(() -> assembly.publish(immutable(List.of(child(APP, amd)), "1.4")))
                .hasMessageStartingWith(
                        "Tag 1.4 of ghcr.io/acme/app is not moved: it stands on " + arm.digest() + " already");
        assertThat(registry.find(APP, new Tag("1.4"))).contains(arm);
    }
}
