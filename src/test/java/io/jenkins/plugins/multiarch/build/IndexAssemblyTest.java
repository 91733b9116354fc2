package io.jenkins.plugins.multiarch.build;

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
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IndexAssemblyTest {
    private static final Repository APP = Repository.parse("ghcr.io/acme/app");
    private static final Repository STAGING = Repository.parse("ghcr.io/acme/staging");
    private static final Repository ELSEWHERE = Repository.parse("quay.io/acme/app");
    private static final Platform UNKNOWN = new Platform("unknown", "unknown", "", "");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final List<String> log = new ArrayList<>();
    private final IndexAssembly assembly = new IndexAssembly(registry, log::add);

    private ImageManifest image(Repository repository, String arch) throws InterruptedException {
        Blob config = Blob.of(
                MediaTypes.OCI_CONFIG, ("{\"architecture\":\"" + arch + "\",\"os\":\"linux\"}").getBytes(UTF_8));
        Blob layer = Blob.of(MediaTypes.OCI_LAYER, ("layer of " + arch).getBytes(UTF_8));
        registry.push(repository, config);
        registry.push(repository, layer);
        ImageManifest manifest = ImageManifest.of(config.descriptor(), List.of(layer.descriptor()), Map.of());
        registry.put(repository, manifest.digest(), manifest);
        return manifest;
    }

    /** What BuildKit pushes for one platform: the image and an attestation of it. */
    private ImageIndex withAttestation(Repository repository, ImageManifest image, Platform said)
            throws InterruptedException {
        Blob config = Blob.of(MediaTypes.OCI_CONFIG, "{}".getBytes(UTF_8));
        Blob statement = Blob.of(
                "application/vnd.in-toto+json", image.digest().toString().getBytes(UTF_8));
        registry.push(repository, config);
        registry.push(repository, statement);
        ImageManifest attestation = ImageManifest.of(config.descriptor(), List.of(statement.descriptor()), Map.of());
        registry.put(repository, attestation.digest(), attestation);
        ImageIndex index = ImageIndex.of(
                List.of(
                        image.descriptor().withPlatform(said),
                        attestation
                                .descriptor()
                                .withPlatform(UNKNOWN)
                                .withAnnotations(Map.of(
                                        "vnd.docker.reference.type",
                                        "attestation-manifest",
                                        "vnd.docker.reference.digest",
                                        image.digest().toString()))),
                Map.of());
        registry.put(repository, index.digest(), index);
        return index;
    }

    private static ChildImage child(Repository repository, Manifest manifest) {
        return ChildImage.parse(repository + "@" + manifest.digest());
    }

    private static ChildImage child(String platform, Repository repository, Manifest manifest) {
        return ChildImage.parse(platform + "=" + repository + "@" + manifest.digest());
    }

    private static IndexRequest request(List<ChildImage> images, String... expected) {
        return new IndexRequest(APP, images, List.of(new Tag("1.4")), Platform.parseAll(List.of(expected)), Map.of());
    }

    private ImageIndex published(PublishedImage image) throws InterruptedException {
        return (ImageIndex) registry.find(APP, image.digest()).orElseThrow();
    }

    @Test
    void givesTheSameIndexWhateverTheOrder() throws IOException, InterruptedException {
        ChildImage arm = child(APP, image(APP, "arm64"));
        ChildImage amd = child(APP, image(APP, "amd64"));

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
        ChildImage amd = child(APP, image(APP, "amd64"));
        ChildImage arm = child(APP, image(APP, "arm64"));

        PublishedImage image = assembly.publish(request(List.of(amd, arm), "linux/arm64", "linux/amd64"));

        assertThat(published(image).platforms()).hasToString("[linux/arm64, linux/amd64]");
    }

    @Test
    void flattensTheIndexesOfBuildKitAndPutsAttestationsLast() throws IOException, InterruptedException {
        ImageManifest amd = image(APP, "amd64");
        ImageManifest arm = image(APP, "arm64");
        ImageIndex amdIndex = withAttestation(APP, amd, Platform.parse("linux/amd64"));
        ImageIndex armIndex = withAttestation(APP, arm, Platform.parse("linux/arm64"));

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
        ImageManifest amd = image(APP, "amd64");
        ImageManifest arm = image(APP, "arm64");
        ImageIndex both = ImageIndex.of(List.of(amd.descriptor(), arm.descriptor()), Map.of());
        registry.put(APP, both.digest(), both);

        PublishedImage image = assembly.publish(request(List.of(child("linux/arm64", APP, both))));

        assertThat(image.platforms()).extracting(PublishedPlatform::digest).containsExactly(arm.digest());
    }

    @Test
    void writesChildrenThenIndexThenTags() throws IOException, InterruptedException {
        ChildImage amd = child(APP, image(APP, "amd64"));
        ChildImage arm = child(STAGING, image(STAGING, "arm64"));
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
        ImageManifest arm = image(ELSEWHERE, "arm64");
        ImageIndex index = withAttestation(ELSEWHERE, arm, Platform.parse("linux/arm64"));
        registry.forgetRequests();

        assembly.publish(request(List.of(child(ELSEWHERE, index))));

        assertThat(registry.writes())
                .contains("PUT-BLOB ghcr.io/acme/app " + arm.config().digest());
        assertThat(registry.find(APP, index.manifests().get(1).digest())).isPresent();
    }

    @Test
    void writesNothingWhereAllStandsAlready() throws IOException, InterruptedException {
        IndexRequest request = request(List.of(child(APP, image(APP, "amd64"))));
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
        PublishedImage first = assembly.publish(request(List.of(child(APP, image(APP, "amd64")))));
        PublishedImage second = assembly.publish(request(List.of(child(APP, image(APP, "arm64")))));

        assertThat(log).endsWith("Moved tag 1.4 from " + first.digest() + " to " + second.digest() + ".");
    }

    @Test
    void putsAnnotationsOnTheIndexAlone() throws IOException, InterruptedException {
        Map<String, String> annotations = Map.of("org.opencontainers.image.version", "1.4", "a", "b");

        PublishedImage image = assembly.publish(
                new IndexRequest(APP, List.of(child(APP, image(APP, "amd64"))), List.of(), List.of(), annotations));

        assertThat(published(image).annotations()).isEqualTo(annotations);
        assertThat(published(image).manifests().get(0).annotations()).isEmpty();
    }

    @Test
    void putsAnnotationsWhereTheirKeysSay() throws IOException, InterruptedException {
        Map<String, String> annotations =
                Map.of("index:a", "1", "b", "2", "manifest-descriptor:c", "3", "index,manifest-descriptor:d", "4");

        PublishedImage image = assembly.publish(
                new IndexRequest(APP, List.of(child(APP, image(APP, "amd64"))), List.of(), List.of(), annotations));

        assertThat(published(image).annotations()).isEqualTo(Map.of("a", "1", "b", "2", "d", "4"));
        assertThat(published(image).manifests().get(0).annotations()).isEqualTo(Map.of("c", "3", "d", "4"));
    }

    @Test
    void refusesAnnotationsOfImagesThatAreBuilt() throws InterruptedException {
        List<ChildImage> images = List.of(child(APP, image(APP, "amd64")));

        assertThatThrownBy(() -> new IndexRequest(APP, images, List.of(), List.of(), Map.of("manifest:a", "1")))
                .hasMessage(
                        "An annotation of 'manifest:' was given for images that are built already. Give it where they"
                                + " are built, or write manifest-descriptor: for what the index says about them.");
    }

    @Test
    void refusesAnnotationsOfWhatNobodyKnows() throws InterruptedException {
        List<ChildImage> images = List.of(child(APP, image(APP, "amd64")));

        assertThatThrownBy(() -> new IndexRequest(APP, images, List.of(), List.of(), Map.of("layer:a", "1")))
                .hasMessage("'layer:a' is an annotation of 'layer', which is not known. Write index:, manifest: or"
                        + " manifest-descriptor: before the key, or nothing.");
    }

    @Test
    void believesTheConfigurationAndNotTheIndex() throws IOException, InterruptedException {
        ImageManifest arm = image(APP, "arm64");
        ImageIndex lying = withAttestation(APP, arm, Platform.parse("linux/amd64"));

        assertThatThrownBy(() -> assembly.publish(request(List.of(child("linux/amd64", APP, lying)))))
                .hasMessage("ghcr.io/acme/app@" + lying.digest() + " was given for linux/amd64, but its configuration"
                        + " says linux/arm64. Build it for linux/amd64, or give the digest that the build for"
                        + " linux/amd64 pushed.");
        assertThat(registry.find(APP, new Tag("1.4"))).isEmpty();
    }

    @Test
    void refusesToLeaveOutAnExpectedPlatform() throws InterruptedException {
        ChildImage amd = child(APP, image(APP, "amd64"));

        assertThatThrownBy(() -> assembly.publish(request(List.of(amd), "linux/amd64", "linux/arm64", "linux/s390x")))
                .hasMessage("The index of ghcr.io/acme/app was not published: linux/arm64, linux/s390x is missing;"
                        + " there is linux/amd64. Build what is missing, or take it from the expected platforms.");
    }

    @Test
    void refusesAPlatformThatNobodyExpects() throws InterruptedException {
        ChildImage amd = child(APP, image(APP, "amd64"));
        ChildImage arm = child(APP, image(APP, "arm64"));

        assertThatThrownBy(() -> assembly.publish(request(List.of(amd, arm), "linux/amd64")))
                .hasMessage("The index of ghcr.io/acme/app was not published: linux/arm64 is not expected; expected is"
                        + " linux/amd64. Leave its image out, or add it to the expected platforms.");
    }

    @Test
    void refusesTwoImagesOfOnePlatform() throws InterruptedException {
        ChildImage one = child(APP, image(APP, "amd64"));
        ChildImage other = child(STAGING, image(STAGING, "amd64"));

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
        ImageManifest image = image(APP, "");

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
    void showsItsResultAsJson() throws IOException, InterruptedException {
        ImageManifest amd = image(APP, "amd64");

        PublishedImage image = assembly.publish(request(List.of(child(APP, amd))));

        assertThat(image.toJson())
                .hasToString("{\"reference\":\"ghcr.io/acme/app@" + image.digest()
                        + "\",\"repository\":\"ghcr.io/acme/app\",\"digest\":\"" + image.digest()
                        + "\",\"tags\":[\"1.4\"],\"platforms\":[{\"platform\":\"linux/amd64\",\"digest\":\""
                        + amd.digest() + "\",\"size\":" + amd.bytes().length + ",\"attestations\":[]}]}");
    }

    @Test
    void refusesIndexesInsideIndexesWithoutEnd() throws InterruptedException {
        Manifest inner = image(APP, "amd64");
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
        Digest config = image(APP, "amd64").config().digest();
        ImageManifest image =
                ImageManifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, config, 9_000_000), List.of(), Map.of());
        registry.put(APP, image.digest(), image);

        assertThatThrownBy(() -> assembly.publish(request(List.of(child(APP, image)))))
                .hasMessage("The configuration " + config + " in ghcr.io/acme/app has 9000000 bytes; we read at most"
                        + " 8388608. Build the image again with fewer labels and steps.");
    }

    @Test
    void noticesThatATagDidNotMove() throws InterruptedException {
        ChildImage amd = child(APP, image(APP, "amd64"));
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

    private static IndexRequest immutable(List<ChildImage> images, String... tags) {
        return new IndexRequest(APP, images, Tag.parseAll(List.of(tags)), List.of(), Map.of()).withImmutableTags(true);
    }

    @Test
    void refusesToMoveAnImmutableTagBeforeAnythingIsWritten() throws IOException, InterruptedException {
        PublishedImage first = assembly.publish(request(List.of(child(APP, image(APP, "amd64")))));
        ImageManifest arm = image(STAGING, "arm64");
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
        List<ChildImage> images = List.of(child(APP, image(APP, "amd64")));
        PublishedImage first = assembly.publish(immutable(images, "1.4"));
        registry.forgetRequests();

        PublishedImage second = assembly.publish(immutable(images, "1.4"));

        assertThat(second).isEqualTo(first);
        assertThat(registry.writes()).isEmpty();
    }

    @Test
    void keepsAnImmutableTagThatSomebodyElseSetMeanwhile() throws IOException, InterruptedException {
        ImageManifest amd = image(APP, "amd64");
        ImageManifest arm = image(APP, "arm64");
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

    private static ForeseenIndex.Entry entry(Manifest image, String platform, Descriptor... attestations) {
        return new ForeseenIndex.Entry(Platform.parse(platform), image.descriptor(), List.of(attestations));
    }

    @Test
    void foreseesTheIndexThatPublishingMakes() throws IOException, InterruptedException {
        ImageManifest amd = image(APP, "amd64");
        ImageManifest arm = image(APP, "arm64");
        ImageIndex withAttestation = withAttestation(APP, arm, Platform.parse("linux/arm64"));
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
        List<ForeseenIndex.Entry> children = List.of(entry(image(APP, "amd64"), "linux/amd64"));

        assertThatThrownBy(() -> ForeseenIndex.of("app", children, Platform.parseAll(List.of("linux/arm64")), Map.of()))
                .hasMessageStartingWith("The index of app was not published: linux/arm64 is missing");
    }
}
