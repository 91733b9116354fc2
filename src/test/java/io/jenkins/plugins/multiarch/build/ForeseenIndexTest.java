package io.jenkins.plugins.multiarch.build;

import static io.jenkins.plugins.multiarch.build.SampleChildren.APP;
import static io.jenkins.plugins.multiarch.build.SampleChildren.child;
import static io.jenkins.plugins.multiarch.build.SampleChildren.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForeseenIndexTest {
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SampleChildren samples = new SampleChildren(registry);
    private final IndexAssembly assembly = new IndexAssembly(registry, line -> {});

    @Test
    void foreseesTheIndexThatPublishingMakes() throws IOException, InterruptedException {
        ImageManifest amd = samples.image(APP, "amd64");
        ImageManifest arm = samples.image(APP, "arm64");
        ImageIndex withAttestation = samples.withAttestation(APP, arm, Platform.parse("linux/arm64"));
        List<Platform> expected = Platform.parseAll(List.of("linux/arm64", "linux/amd64"));
        Map<String, String> annotations = Map.of("a", "b", "manifest-descriptor:c", "d");

        Descriptor attestation = withAttestation.attestationsOf(arm.digest()).get(0);
        ImageIndex foreseen = ForeseenIndex.of(
                "app",
                List.of(entry(arm, "linux/arm64", attestation), entry(amd, "linux/amd64")),
                expected,
                annotations);

        PublishedImage image = assembly.publish(new IndexRequest(
                APP, List.of(child(APP, amd), child(APP, withAttestation)), List.of(), expected, annotations));
        assertThat(image.digest()).isEqualTo(foreseen.digest());
    }

    @Test
    void foreseesNoIndexThatLacksAPlatform() throws InterruptedException {
        List<ForeseenIndex.Entry> children = List.of(entry(samples.image(APP, "amd64"), "linux/amd64"));

        assertThatThrownBy(() -> ForeseenIndex.of("app", children, Platform.parseAll(List.of("linux/arm64")), Map.of()))
                .hasMessageStartingWith("The index of app was not published: linux/arm64 is missing");
    }
}
