package io.jenkins.plugins.multiarch.build;

import static io.jenkins.plugins.multiarch.build.SampleChildren.APP;
import static io.jenkins.plugins.multiarch.build.SampleChildren.STAGING;
import static io.jenkins.plugins.multiarch.build.SampleChildren.child;
import static io.jenkins.plugins.multiarch.build.SampleChildren.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Indexes that are not published, and why. */
class IndexRefusalsTest {
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SampleChildren samples = new SampleChildren(registry);
    private final IndexAssembly assembly = new IndexAssembly(registry, line -> {});

    @Test
    void refusesAnnotationsOfImagesThatAreBuilt() throws InterruptedException {
        List<ChildImage> images = List.of(child(APP, samples.image(APP, "amd64")));

        assertThatThrownBy(() -> new IndexRequest(APP, images, List.of(), List.of(), Map.of("manifest:a", "1")))
                .hasMessage(
                        "An annotation of 'manifest:' was given for images that are built already. Give it where they"
                                + " are built, or write manifest-descriptor: for what the index says about them.");
    }

    @Test
    void refusesAnnotationsOfWhatNobodyKnows() throws InterruptedException {
        List<ChildImage> images = List.of(child(APP, samples.image(APP, "amd64")));

        assertThatThrownBy(() -> new IndexRequest(APP, images, List.of(), List.of(), Map.of("layer:a", "1")))
                .hasMessage("'layer:a' is an annotation of 'layer', which is not known. Write index:, manifest: or"
                        + " manifest-descriptor: before the key, or nothing.");
    }

    @Test
    void believesTheConfigurationAndNotTheIndex() throws IOException, InterruptedException {
        ImageManifest arm = samples.image(APP, "arm64");
        ImageIndex lying = samples.withAttestation(APP, arm, Platform.parse("linux/amd64"));

        assertThatThrownBy(() -> assembly.publish(request(List.of(child("linux/amd64", APP, lying)))))
                .hasMessage("ghcr.io/acme/app@" + lying.digest() + " was given for linux/amd64, but its configuration"
                        + " says linux/arm64. Build it for linux/amd64, or give the digest that the build for"
                        + " linux/amd64 pushed.");
        assertThat(registry.find(APP, new Tag("1.4"))).isEmpty();
    }

    @Test
    void refusesToLeaveOutAnExpectedPlatform() throws InterruptedException {
        ChildImage amd = child(APP, samples.image(APP, "amd64"));

        assertThatThrownBy(() -> assembly.publish(request(List.of(amd), "linux/amd64", "linux/arm64", "linux/s390x")))
                .hasMessage("The index of ghcr.io/acme/app was not published: linux/arm64, linux/s390x is missing;"
                        + " there is linux/amd64. Build what is missing, or take it from the expected platforms.");
    }

    @Test
    void refusesAPlatformThatNobodyExpects() throws InterruptedException {
        ChildImage amd = child(APP, samples.image(APP, "amd64"));
        ChildImage arm = child(APP, samples.image(APP, "arm64"));

        assertThatThrownBy(() -> assembly.publish(request(List.of(amd, arm), "linux/amd64")))
                .hasMessage("The index of ghcr.io/acme/app was not published: linux/arm64 is not expected; expected is"
                        + " linux/amd64. Leave its image out, or add it to the expected platforms.");
    }

    @Test
    void refusesTwoImagesOfOnePlatform() throws InterruptedException {
        ChildImage one = child(APP, samples.image(APP, "amd64"));
        ChildImage other = child(STAGING, samples.image(STAGING, "amd64"));

        assertThatThrownBy(() -> assembly.publish(request(List.of(one, other))))
                .hasMessage("linux/amd64 is there twice: " + one.image() + " and " + other.image()
                        + ". Give one image for each platform.");
    }

    @Test
    void refusesAnArtifact() throws InterruptedException {
        registry.push(APP, Blob.of(MediaTypes.OCI_EMPTY, "{}".getBytes(UTF_8)));
        ImageManifest chart =
                ImageManifest.artifact("application/vnd.cncf.helm", List.of(), Optional.empty(), Map.of());
        registry.put(APP, chart.digest(), chart);

        assertThatThrownBy(() -> assembly.publish(request(List.of(child(APP, chart)))))
                .hasMessage("ghcr.io/acme/app@" + chart.digest() + " is not an image but an artifact of type"
                        + " 'application/vnd.cncf.helm'. Give the digest of an image; artifacts belong to an index as"
                        + " referrers.");
    }

    @Test
    void refusesAnImageThatNamesNoPlatform() throws InterruptedException {
        ImageManifest image = samples.image(APP, "");

        assertThatThrownBy(() -> assembly.publish(request(List.of(child(APP, image)))))
                .hasMessage("ghcr.io/acme/app@" + image.digest() + " does not say which platform it is for."
                        + " Build it again with a tool that writes 'os' and 'architecture' into the configuration.");
    }

    @Test
    void refusesAChildWithoutDigest() {
        assertThatThrownBy(() -> ChildImage.parse("linux/arm64=ghcr.io/acme/app:1.4-arm64"))
                .hasMessage("'ghcr.io/acme/app:1.4-arm64' has no digest, so what the index would hold may change."
                        + " Give the digest that the builder pushed, as in"
                        + " linux/arm64=ghcr.io/acme/app@sha256:….");
    }

    @Test
    void refusesAnIndexOfNothing() {
        assertThatThrownBy(() -> request(List.of()))
                .hasMessage("No image was given for the index of ghcr.io/acme/app. Give the images that the platforms'"
                        + " builds pushed, as in linux/amd64=ghcr.io/acme/app@sha256:….");
    }

    @Test
    void refusesIndexesInsideIndexesWithoutEnd() throws InterruptedException {
        Manifest inner = samples.image(APP, "amd64");
        for (int depth = 0; depth < 5; depth++) {
            inner = ImageIndex.of(List.of(inner.descriptor()), Map.of());
            registry.put(APP, inner.digest(), inner);
        }
        ChildImage child = child(APP, inner);

        assertThatThrownBy(() -> assembly.publish(request(List.of(child))))
                .hasMessage(child.image() + " has more than 4 indexes inside each other."
                        + " Give the digests of its images instead.");
    }

    @Test
    void refusesAnIndexOfNoImages() throws InterruptedException {
        ImageIndex empty = ImageIndex.of(List.of(), Map.of());
        registry.put(APP, empty.digest(), empty);

        assertThatThrownBy(() -> assembly.publish(request(List.of(child(APP, empty)))))
                .hasMessage("ghcr.io/acme/app@" + empty.digest() + " is an index without images."
                        + " Build it again, and look at its log.");
    }

    @Test
    void refusesAHugeConfiguration() throws InterruptedException {
        Digest config = samples.image(APP, "amd64").config().digest();
        ImageManifest image =
                ImageManifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, config, 9_000_000), List.of(), Map.of());
        registry.put(APP, image.digest(), image);

        assertThatThrownBy(() -> assembly.publish(request(List.of(child(APP, image)))))
                .hasMessage("The configuration " + config + " in ghcr.io/acme/app has 9000000 bytes; we read at most"
                        + " 8388608. Build the image again with fewer labels and steps.");
    }

    @Test
    void noticesThatATagDidNotMove() throws InterruptedException {
        ChildImage amd = child(APP, samples.image(APP, "amd64"));
        registry.before(request -> {
            if (request.equals("HEAD ghcr.io/acme/app 1.4")) {
                registry.deleteTag(APP, new Tag("1.4"));
            }
        });

        assertThatThrownBy(() -> assembly.publish(request(List.of(amd))))
                .hasMessageStartingWith("ghcr.io/acme/app took the index sha256:")
                .hasMessageEndingWith(" as 1.4, but when read back that leads to nothing. See whether somebody else"
                        + " publishes to it at the same time, then run this again.");
    }
}
