package io.jenkins.plugins.multiarch.build;

import static io.jenkins.plugins.multiarch.build.SampleChildren.APP;
import static io.jenkins.plugins.multiarch.build.SampleChildren.ELSEWHERE;
import static io.jenkins.plugins.multiarch.build.SampleChildren.STAGING;
import static io.jenkins.plugins.multiarch.build.SampleChildren.child;
import static io.jenkins.plugins.multiarch.build.SampleChildren.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IndexAssemblyTest {
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SampleChildren samples = new SampleChildren(registry);
    private final List<String> log = new ArrayList<>();
    private final IndexAssembly assembly = new IndexAssembly(registry, log::add);

    private ImageIndex published(PublishedImage image) throws InterruptedException {
        return (ImageIndex) registry.find(APP, image.digest()).orElseThrow();
    }

    @Test
    void givesTheSameIndexWhateverTheOrder() throws IOException, InterruptedException {
        ChildImage arm = child(APP, samples.image(APP, "arm64"));
        ChildImage amd = child(APP, samples.image(APP, "amd64"));

        PublishedImage one = assembly.publish(request(List.of(arm, amd)));
        PublishedImage other = assembly.publish(request(List.of(amd, arm)));

        assertThat(one.reference())
                .isEqualTo(other.reference())
                .hasToString(
                        "ghcr.io/acme/app@sha256:a50677902ce095d9fc253daf5c539ed963c7ead6372218f44894ab998874f912");
        assertThat(published(one).platforms()).hasToString("[linux/amd64, linux/arm64]");
    }

    @Test
    void keepsTheOrderOfTheExpectedPlatforms() throws IOException, InterruptedException {
        ChildImage amd = child(APP, samples.image(APP, "amd64"));
        ChildImage arm = child(APP, samples.image(APP, "arm64"));

        PublishedImage image = assembly.publish(request(List.of(amd, arm), "linux/arm64", "linux/amd64"));

        assertThat(published(image).platforms()).hasToString("[linux/arm64, linux/amd64]");
    }

    @Test
    void flattensTheIndexesOfBuildKitAndPutsAttestationsLast() throws IOException, InterruptedException {
        ImageManifest amd = samples.image(APP, "amd64");
        ImageManifest arm = samples.image(APP, "arm64");
        ImageIndex amdIndex = samples.withAttestation(APP, amd, Platform.parse("linux/amd64"));
        ImageIndex armIndex = samples.withAttestation(APP, arm, Platform.parse("linux/arm64"));

        PublishedImage image = assembly.publish(
                request(List.of(child("linux/arm64", APP, armIndex), child("linux/amd64", APP, amdIndex))));

        Digest amdAttestation = amdIndex.manifests().get(1).digest();
        Digest armAttestation = armIndex.manifests().get(1).digest();
        assertThat(published(image).manifests())
                .extracting(Descriptor::digest)
                .containsExactly(amd.digest(), arm.digest(), amdAttestation, armAttestation);
        assertThat(published(image).attestationsOf(arm.digest()))
                .extracting(Descriptor::digest)
                .containsExactly(armAttestation);
        assertThat(image.platforms().get(0).attestations()).containsExactly(amdAttestation);
    }

    @Test
    void takesOnePlatformOutOfAnIndexOfSeveral() throws IOException, InterruptedException {
        ImageManifest amd = samples.image(APP, "amd64");
        ImageManifest arm = samples.image(APP, "arm64");
        ImageIndex both = ImageIndex.of(List.of(amd.descriptor(), arm.descriptor()), Map.of());
        registry.put(APP, both.digest(), both);

        PublishedImage image = assembly.publish(request(List.of(child("linux/arm64", APP, both))));

        assertThat(image.platforms()).extracting(PublishedPlatform::digest).containsExactly(arm.digest());
    }

    @Test
    void writesChildrenThenIndexThenTags() throws IOException, InterruptedException {
        ChildImage amd = child(APP, samples.image(APP, "amd64"));
        ChildImage arm = child(STAGING, samples.image(STAGING, "arm64"));
        registry.forgetRequests();

        PublishedImage image = assembly.publish(new IndexRequest(
                APP,
                List.of(amd, arm),
                List.of(new Tag("1.4"), new Tag("latest"), new Tag("1.4")),
                List.of(),
                Map.of()));

        assertThat(registry.writes())
                .hasSize(6)
                .allSatisfy(write -> assertThat(write).matches("(MOUNT|PUT) ghcr.io/acme/app .*"))
                .endsWith(
                        "PUT ghcr.io/acme/app " + arm.image().requireDigest(),
                        "PUT ghcr.io/acme/app " + image.digest(),
                        "PUT ghcr.io/acme/app 1.4",
                        "PUT ghcr.io/acme/app latest");
        assertThat(log)
                .containsExactly(
                        "Copied linux/arm64 from " + arm.image() + " to ghcr.io/acme/app.",
                        "Pushed the index " + image.digest() + " of linux/amd64, linux/arm64 to ghcr.io/acme/app.",
                        "Put tag 1.4 on " + image.digest() + ".",
                        "Put tag latest on " + image.digest() + ".");
    }

    @Test
    void sendsImagesOfAnotherRegistry() throws IOException, InterruptedException {
        ImageManifest arm = samples.image(ELSEWHERE, "arm64");
        ImageIndex index = samples.withAttestation(ELSEWHERE, arm, Platform.parse("linux/arm64"));
        registry.forgetRequests();

        assembly.publish(request(List.of(child(ELSEWHERE, index))));

        assertThat(registry.writes())
                .contains("PUT-BLOB ghcr.io/acme/app " + arm.config().digest());
        assertThat(registry.find(APP, index.manifests().get(1).digest())).isPresent();
    }

    @Test
    void writesNothingWhereAllStandsAlready() throws IOException, InterruptedException {
        IndexRequest request = request(List.of(child(APP, samples.image(APP, "amd64"))));
        PublishedImage first = assembly.publish(request);
        registry.forgetRequests();
        log.clear();

        PublishedImage second = assembly.publish(request);

        assertThat(second).isEqualTo(first);
        assertThat(registry.writes()).isEmpty();
        assertThat(log)
                .containsExactly(
                        "The index " + first.digest() + " of linux/amd64 stood in ghcr.io/acme/app already.",
                        "Tag 1.4 stood on " + first.digest() + " already.");
    }

    @Test
    void saysFromWhereATagMoved() throws IOException, InterruptedException {
        PublishedImage first = assembly.publish(request(List.of(child(APP, samples.image(APP, "amd64")))));
        PublishedImage second = assembly.publish(request(List.of(child(APP, samples.image(APP, "arm64")))));

        assertThat(log).endsWith("Moved tag 1.4 from " + first.digest() + " to " + second.digest() + ".");
    }

    @Test
    void putsAnnotationsOnTheIndexAlone() throws IOException, InterruptedException {
        Map<String, String> annotations = Map.of("org.opencontainers.image.version", "1.4", "a", "b");

        PublishedImage image = assembly.publish(new IndexRequest(
                APP, List.of(child(APP, samples.image(APP, "amd64"))), List.of(), List.of(), annotations));

        assertThat(published(image).annotations()).isEqualTo(annotations);
        assertThat(published(image).manifests().get(0).annotations()).isEmpty();
    }

    @Test
    void putsAnnotationsWhereTheirKeysSay() throws IOException, InterruptedException {
        Map<String, String> annotations =
                Map.of("index:a", "1", "b", "2", "manifest-descriptor:c", "3", "index,manifest-descriptor:d", "4");

        PublishedImage image = assembly.publish(new IndexRequest(
                APP, List.of(child(APP, samples.image(APP, "amd64"))), List.of(), List.of(), annotations));

        assertThat(published(image).annotations()).isEqualTo(Map.of("a", "1", "b", "2", "d", "4"));
        assertThat(published(image).manifests().get(0).annotations()).isEqualTo(Map.of("c", "3", "d", "4"));
    }

    @Test
    void showsItsResultAsJson() throws IOException, InterruptedException {
        ImageManifest amd = samples.image(APP, "amd64");

        PublishedImage image = assembly.publish(request(List.of(child(APP, amd))));

        assertThat(image.toJson())
                .hasToString("{\"reference\":\"ghcr.io/acme/app@" + image.digest()
                        + "\",\"repository\":\"ghcr.io/acme/app\",\"digest\":\"" + image.digest()
                        + "\",\"tags\":[\"1.4\"],\"platforms\":[{\"platform\":\"linux/amd64\",\"digest\":\""
                        + amd.digest() + "\",\"size\":" + amd.bytes().length + ",\"attestations\":[]}]}");
    }
}
