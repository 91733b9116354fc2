package io.jenkins.plugins.multiarch.build;

import static io.jenkins.plugins.multiarch.build.SampleChildren.APP;
import static io.jenkins.plugins.multiarch.build.SampleChildren.STAGING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A platform is added later to an image that stands. */
class IndexAppendTest {
    private static final Tag TAG = new Tag("1.4");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SampleChildren samples = new SampleChildren(registry);
    private final List<String> log = new ArrayList<>();
    private final IndexAssembly assembly = new IndexAssembly(registry, log::add);
    private ImageManifest amd64;
    private ImageManifest arm64;
    private ImageManifest s390x;

    @BeforeEach
    void pushTheImages() throws InterruptedException {
        amd64 = samples.image(APP, "amd64", "one");
        arm64 = samples.image(APP, "arm64", "one");
        s390x = samples.image(APP, "s390x", "one");
    }

    private static ChildImage child(Manifest manifest) {
        return new ChildImage(Optional.empty(), ImageRef.of(APP, manifest.digest()));
    }

    private static IndexRequest appending(String image, Manifest... added) {
        return request(image, List.of(added), List.of(TAG), List.of(), Map.of());
    }

    private static IndexRequest request(
            String image,
            List<Manifest> added,
            List<Tag> tags,
            List<String> expected,
            Map<String, String> annotations) {
        List<ChildImage> images = added.stream().map(IndexAppendTest::child).toList();
        return new IndexRequest(APP, images, tags, Platform.parseAll(expected), annotations)
                .withAppend(Optional.of(ImageRef.parse(image)));
    }

    private PublishedImage publish(ImageManifest... images) throws IOException, InterruptedException {
        return assembly.publish(new IndexRequest(
                APP, List.of(images).stream().map(IndexAppendTest::child).toList(), List.of(TAG), List.of(), Map.of()));
    }

    private String text(PublishedImage image) throws InterruptedException {
        return new String(registry.find(APP, image.digest()).orElseThrow().bytes(), UTF_8);
    }

    @Test
    void keepsWhatIsThereAsItIs() throws IOException, InterruptedException {
        ImageIndex old = (ImageIndex) samples.indexOfAnotherTool(APP, TAG);

        PublishedImage image = assembly.publish(appending("ghcr.io/acme/app:1.4", arm64));

        Digest attestation = old.manifests().get(1).digest();
        assertThat(text(image))
                .isEqualTo(("{'schemaVersion':2,'mediaType':'application/vnd.oci.image.index.v1+json','manifests':["
                                + "{'digest':'%s','size':%d,'mediaType':'application/vnd.oci.image.manifest.v1+json',"
                                + "'x':[1,2.5],'platform':{'os':'linux','architecture':'amd64','os.features':['sse4']}},"
                                + "{'mediaType':'application/vnd.oci.image.manifest.v1+json','digest':'%s','size':%d,"
                                + "'platform':{'architecture':'arm64','os':'linux'}},"
                                + "{'digest':'%s','size':%d,'mediaType':'application/vnd.oci.image.manifest.v1+json',"
                                + "'platform':{'os':'unknown','architecture':'unknown'},"
                                + "'annotations':{'vnd.docker.reference.type':'attestation-manifest',"
                                + "'vnd.docker.reference.digest':'%s'}}],"
                                + "'annotations':{'a':'1','b':'2'},'y':true}")
                        .replace('\'', '"')
                        .formatted(
                                amd64.digest(),
                                amd64.bytes().length,
                                arm64.digest(),
                                arm64.bytes().length,
                                attestation,
                                old.manifests().get(1).size(),
                                amd64.digest()));
        assertThat(image.platforms()).extracting(PublishedPlatform::platform).hasToString("[linux/amd64, linux/arm64]");
        assertThat(image.platforms().get(0).attestations()).containsExactly(attestation);
        assertThat(registry.find(APP, old.digest())).isPresent();
    }

    @Test
    void movesTheTagWhenAllElseStands() throws IOException, InterruptedException {
        PublishedImage old = publish(amd64);
        registry.forgetRequests();
        log.clear();

        PublishedImage image = assembly.publish(appending("ghcr.io/acme/app:1.4", arm64));

        assertThat(registry.writes())
                .containsExactly("PUT ghcr.io/acme/app " + image.digest(), "PUT ghcr.io/acme/app 1.4");
        assertThat(log)
                .containsExactly(
                        "Pushed the index " + image.digest() + " of linux/amd64, linux/arm64 to ghcr.io/acme/app.",
                        "Moved tag 1.4 from " + old.digest() + " to " + image.digest() + ".");
    }

    @Test
    void changesNothingWhenItIsDoneAgain() throws IOException, InterruptedException {
        samples.indexOfAnotherTool(APP, TAG);
        PublishedImage first = assembly.publish(appending("ghcr.io/acme/app:1.4", arm64));
        registry.forgetRequests();

        PublishedImage second = assembly.publish(appending("ghcr.io/acme/app:1.4", arm64));

        assertThat(second).isEqualTo(first);
        assertThat(registry.writes()).isEmpty();
    }

    @Test
    void leavesAnIndexThatLacksNothingToTheByte() throws IOException, InterruptedException {
        Manifest old = samples.indexOfAnotherTool(APP, TAG);

        PublishedImage image = assembly.publish(appending("ghcr.io/acme/app:1.4", amd64));

        assertThat(image.digest()).isEqualTo(old.digest());
    }

    @Test
    void refusesToReplaceAPlatform() throws IOException, InterruptedException {
        publish(amd64, arm64);
        ImageManifest other = samples.image(APP, "arm64", "two");
        registry.forgetRequests();

        assertThatThrownBy(() -> assembly.publish(appending("ghcr.io/acme/app:1.4", s390x, other)))
                .hasMessage("ghcr.io/acme/app:1.4 has linux/arm64 already: it is " + arm64.digest()
                        + ", and ghcr.io/acme/app@" + other.digest() + " was given. Nothing is replaced by appending;"
                        + " publish the images of all platforms without append.");
        assertThat(registry.writes()).isEmpty();
    }

    @Test
    void holdsTheResultAgainstTheExpectedPlatforms() throws IOException, InterruptedException {
        publish(amd64);
        IndexRequest request = request(
                "ghcr.io/acme/app:1.4",
                List.of(s390x),
                List.of(TAG),
                List.of("linux/amd64", "linux/arm64", "linux/s390x"),
                Map.of());

        assertThatThrownBy(() -> assembly.publish(request))
                .hasMessage("The index of ghcr.io/acme/app was not published: linux/arm64 is missing; there is"
                        + " linux/amd64, linux/s390x. Build what is missing, or take it from the expected platforms.");
    }

    @Test
    void keepsATagThatSomebodyElseAddedToMeanwhile() throws IOException, InterruptedException {
        PublishedImage old = publish(amd64);
        List<PublishedImage> meanwhile = new ArrayList<>();
        registry.before(request -> {
            if (request.startsWith("PUT ghcr.io/acme/app sha256:") && meanwhile.isEmpty()) {
                registry.before(any -> {});
                meanwhile.add(addMeanwhile());
            }
        });
        IndexRequest request =
                request("ghcr.io/acme/app:1.4", List.of(arm64), List.of(new Tag("1"), TAG), List.of(), Map.of());

        assertThatThrownBy(() -> assembly.publish(request))
                .hasMessage("Tag 1.4 of ghcr.io/acme/app is not moved: it stood on " + old.digest()
                        + " when platforms were added to that, and leads to "
                        + meanwhile.get(0).digest() + " now. Somebody else published to it meanwhile; run this again,"
                        + " to add to what is there now.");
        assertThat(registry.find(APP, new Tag("1"))).isEmpty();

        assertThat(assembly.publish(request).platforms())
                .extracting(PublishedPlatform::platform)
                .hasToString("[linux/amd64, linux/s390x, linux/arm64]");
    }

    private PublishedImage addMeanwhile() throws InterruptedException {
        try {
            return assembly.publish(appending("ghcr.io/acme/app:1.4", s390x));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void movesATagToWhatGrewFromADigest() throws IOException, InterruptedException {
        PublishedImage old = publish(amd64);
        publish(s390x);

        PublishedImage image = assembly.publish(appending(old.reference().toString(), arm64));

        assertThat(image.platforms()).extracting(PublishedPlatform::platform).hasToString("[linux/amd64, linux/arm64]");
        assertThat(registry.find(APP, TAG).map(Manifest::digest)).contains(image.digest());
    }

    @Test
    void makesAnIndexOfAnImageForOnePlatform() throws IOException, InterruptedException {
        registry.put(APP, TAG, arm64);

        PublishedImage image = assembly.publish(appending("ghcr.io/acme/app:1.4", amd64));

        assertThat(image.platforms())
                .extracting(PublishedPlatform::digest)
                .containsExactly(arm64.digest(), amd64.digest());
    }

    @Test
    void makesAnOciIndexOfAManifestListOfDocker() throws IOException, InterruptedException {
        Descriptor listed = amd64.descriptor().withPlatform(Platform.parse("linux/amd64"));
        String list = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.DOCKER_LIST + "\",\"manifests\":["
                + listed.toJson() + "]}";
        registry.put(APP, TAG, Manifest.parse(list.getBytes(UTF_8), ""));

        PublishedImage image = assembly.publish(appending("ghcr.io/acme/app:1.4", arm64));

        assertThat(registry.find(APP, image.digest()).orElseThrow().mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(text(image)).doesNotContain(MediaTypes.DOCKER_LIST);
    }

    @Test
    void addsAnnotationsToThoseThatAreThere() throws IOException, InterruptedException {
        samples.indexOfAnotherTool(APP, TAG);

        PublishedImage image = assembly.publish(request(
                "ghcr.io/acme/app:1.4",
                List.of(arm64),
                List.of(),
                List.of(),
                Map.of("b", "3", "c", "4", "manifest-descriptor:d", "5")));

        ImageIndex index = (ImageIndex) registry.find(APP, image.digest()).orElseThrow();
        assertThat(index.annotations()).isEqualTo(Map.of("a", "1", "b", "3", "c", "4"));
        assertThat(index.images()).extracting(Descriptor::annotations).containsExactly(Map.of(), Map.of("d", "5"));
    }

    @Test
    void copiesAnImageOfAnotherRepositoryWithAllItHas() throws IOException, InterruptedException {
        ImageIndex old = (ImageIndex) samples.indexOfAnotherTool(STAGING, TAG);
        Digest attestation = old.manifests().get(1).digest();

        PublishedImage image = assembly.publish(appending("ghcr.io/acme/staging:1.4", arm64));

        assertThat(registry.find(APP, attestation)).isPresent();
        assertThat(registry.find(APP, TAG).map(Manifest::digest)).contains(image.digest());
        assertThat(registry.find(STAGING, TAG)).contains(old);
        assertThat(log).contains("Copied " + attestation + " of ghcr.io/acme/staging:1.4 to ghcr.io/acme/app.");
    }
}
