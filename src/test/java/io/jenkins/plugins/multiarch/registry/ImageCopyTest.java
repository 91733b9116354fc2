package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is copied of an image, and what is not sent again. */
class ImageCopyTest {
    private static final Repository APP = Repository.parse("a.example/acme/app");
    private static final Repository SAME_REGISTRY = Repository.parse("a.example/acme/released");
    private static final Repository MIRROR = Repository.parse("b.example/mirror/app");
    private static final Tag V1 = new Tag("1.4");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SampleImages images = new SampleImages(registry, APP);
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final ImageCopy copy = new ImageCopy(registry, log::add);

    @Test
    void copiesEveryByteOfAnIndexToAnotherRegistry() throws InterruptedException {
        Manifest index =
                images.index(images.image("linux/amd64", "base", "amd"), images.image("linux/arm64", "base", "arm"));

        CopyReport report = copy.copy(APP, index.digest(), MIRROR, List.of(), CopyScope.IMAGE);

        assertThat(report).isEqualTo(new CopyReport(index.digest(), 3, 0, 5, 0, 598, 0));
        assertThat(registry.holdings(MIRROR)).isEqualTo(registry.holdings(APP));
    }

    @Test
    void keepsAPrettyPrintedDockerListAsItIs() throws InterruptedException {
        Manifest list = images.prettyDockerList(images.image("linux/amd64", "x").descriptor());

        copy.copy(APP, list.digest(), MIRROR, List.of(V1), CopyScope.IMAGE);

        Manifest copied = registry.find(MIRROR, V1).orElseThrow();
        assertThat(copied.bytes()).isEqualTo(list.bytes());
        assertThat(copied.mediaType()).isEqualTo(MediaTypes.DOCKER_LIST);
    }

    @Test
    void followsNestedIndexes() throws InterruptedException {
        Manifest inner = images.index(images.image("linux/amd64", "x"));
        Manifest outer = images.index(inner, images.image("linux/arm64", "y"));

        copy.copy(APP, outer.digest(), MIRROR, List.of(), CopyScope.IMAGE);

        assertThat(registry.holdings(MIRROR)).isEqualTo(registry.holdings(APP));
    }

    @Test
    void copiesTheAttestationsOfBuildKit() throws InterruptedException {
        ImageManifest amd = images.image("linux/amd64", "x");
        Manifest index = images.index(List.of(amd.descriptor(), images.attestation(amd, true)));

        copy.copy(APP, index.digest(), MIRROR, List.of(), CopyScope.IMAGE);

        assertThat(registry.holdings(MIRROR)).isEqualTo(registry.holdings(APP));
    }

    @Test
    void copiesLayersThatAnOldCacheExportListsInItsIndex() throws InterruptedException {
        Descriptor layer = images.blob(MediaTypes.OCI_LAYER_GZIP, new byte[] {1, 2, 3});
        Manifest cache = images.index(List.of(layer));

        copy.copy(APP, cache.digest(), MIRROR, List.of(), CopyScope.IMAGE);

        assertThat(registry.holdings(MIRROR)).isEqualTo(registry.holdings(APP));
    }

    @Test
    void neverPushesForeignLayers() throws InterruptedException {
        Descriptor config = images.blob(MediaTypes.OCI_CONFIG, "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Descriptor foreign = Descriptor.of(
                "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", Digest.sha256(new byte[] {9}), 1);
        Manifest windows = images.put(ImageManifest.of(config, List.of(foreign), Map.of()));

        CopyReport report = copy.copy(APP, windows.digest(), MIRROR, List.of(), CopyScope.IMAGE);

        assertThat(report.blobsUploaded()).isEqualTo(1);
        assertThat(registry.requests("HEAD-BLOB")).noneMatch(r -> r.contains(MIRROR + " " + foreign.digest()));
    }

    @Test
    void mountsInsideOneRegistry() throws InterruptedException {
        Manifest index =
                images.index(images.image("linux/amd64", "base", "amd"), images.image("linux/arm64", "base", "arm"));

        CopyReport report = copy.copy(APP, index.digest(), SAME_REGISTRY, List.of(), CopyScope.IMAGE);

        assertThat(report).isEqualTo(new CopyReport(index.digest(), 3, 5, 0, 0, 0, 0));
        assertThat(registry.holdings(SAME_REGISTRY)).isEqualTo(registry.holdings(APP));
    }

    @Test
    void sendsWhatTheRegistryWouldNotMount() throws InterruptedException {
        registry.withoutMounts();
        Manifest image = images.image("linux/amd64", "one", "two");

        CopyReport report = copy.copy(APP, image.digest(), SAME_REGISTRY, List.of(), CopyScope.IMAGE);

        assertThat(report.blobsUploaded()).isEqualTo(3);
        assertThat(registry.holdings(SAME_REGISTRY)).isEqualTo(registry.holdings(APP));
    }

    @Test
    void sendsOnlyWhatTheTargetLacks() throws InterruptedException {
        Manifest old = images.image("linux/amd64", "base", "old");
        copy.copy(APP, old.digest(), MIRROR, List.of(), CopyScope.IMAGE);
        Manifest fresh = images.image("linux/amd64", "base", "new");

        CopyReport report = copy.copy(APP, fresh.digest(), MIRROR, List.of(), CopyScope.IMAGE);

        assertThat(report.blobsPresent()).isEqualTo(1);
        assertThat(report.blobsUploaded()).isEqualTo(2);
    }

    @Test
    void writesNothingTheSecondTime() throws InterruptedException {
        registry.withoutReferrersApi("b.example");
        ImageManifest amd = images.image("linux/amd64", "x");
        Manifest index = images.index(List.of(amd.descriptor(), images.attestation(amd, true)));
        images.referrer(images.referrer(index, "sbom"), "signature of the sbom");
        images.cosign(amd, ".sig", "signed");
        copy.copy(APP, index.digest(), MIRROR, List.of(), CopyScope.REFERRERS);
        registry.forgetRequests();

        CopyReport report = copy.copy(APP, index.digest(), MIRROR, List.of(), CopyScope.REFERRERS);

        assertThat(report).isEqualTo(new CopyReport(index.digest(), 0, 0, 0, 0, 0, 0));
        assertThat(registry.requests("PUT")).isEmpty();
        assertThat(registry.requests("PUT-BLOB")).isEmpty();
    }

    @Test
    void bringsBackAChildThatTheTargetLost() throws InterruptedException {
        Manifest arm = images.image("linux/arm64", "x");
        Manifest index = images.index(images.image("linux/amd64", "y"), arm);
        copy.copy(APP, index.digest(), MIRROR, List.of(), CopyScope.IMAGE);
        registry.delete(MIRROR, arm.digest());

        copy.copy(APP, index.digest(), MIRROR, List.of(), CopyScope.IMAGE);

        assertThat(registry.head(MIRROR, arm.digest())).isPresent();
    }

    @Test
    void writesPartsBeforeWhatListsThemAndTagsLast() throws InterruptedException {
        ImageManifest amd = images.image("linux/amd64", "x");
        Manifest index = images.index(amd);
        Manifest sbom = images.referrer(index, "sbom");
        registry.forgetRequests();

        copy.copy(APP, index.digest(), MIRROR, List.of(V1), CopyScope.REFERRERS);

        assertThat(registry.requests("PUT"))
                .containsExactly(
                        "PUT " + MIRROR + " " + amd.digest(),
                        "PUT " + MIRROR + " " + index.digest(),
                        "PUT " + MIRROR + " " + sbom.digest(),
                        "PUT " + MIRROR + " 1.4");
    }

    @Test
    void setsATagInTheSameRepositoryWithThreeRequests() throws InterruptedException {
        Manifest index = images.index(images.image("linux/amd64", "x"));
        registry.forgetRequests();

        copy.copy(APP, index.digest(), APP, List.of(V1), CopyScope.REFERRERS);

        assertThat(registry.requests())
                .containsExactly("GET " + APP + " " + index.digest(), "PUT " + APP + " 1.4", "HEAD " + APP + " 1.4");
        assertThat(log).containsExactly("Tagged a.example/acme/app:1.4 as " + index.digest() + ".");
    }

    @Test
    void saysWhatItCopied() throws InterruptedException {
        Manifest image = images.image("linux/amd64", "x");

        copy.copy(APP, image.digest(), MIRROR, List.of(), CopyScope.REFERRERS);

        assertThat(log)
                .containsExactly("Copied a.example/acme/app@" + image.digest()
                        + " to b.example/mirror/app: 1 manifests (0 of them referrers), 0 blobs mounted, 2 sent (0.0 MB),"
                        + " 0 there before.");
    }

    @Test
    void acceptsAnImmutableTagThatStandsWhereItShould() throws InterruptedException {
        Manifest image = images.image("linux/amd64", "x");
        images.tag("1.4", image);
        refuseToWrite("1.4");

        copy.copy(APP, image.digest(), APP, List.of(V1), CopyScope.IMAGE);

        assertThat(registry.requests("PUT")).contains("PUT " + APP + " 1.4");
    }

    @Test
    void passesOnTheRefusalOfAnImmutableTagThatStandsElsewhere() throws InterruptedException {
        images.tag("1.4", images.image("linux/amd64", "old"));
        Manifest image = images.image("linux/amd64", "new");
        refuseToWrite("1.4");

        assertThatThrownBy(() -> copy.copy(APP, image.digest(), APP, List.of(V1), CopyScope.IMAGE))
                .isInstanceOf(RegistryException.class)
                .hasMessage("The tag is immutable. Choose another.");
    }

    private void refuseToWrite(String tag) {
        registry.before(request -> {
            if (request.equals("PUT " + APP + " " + tag)) {
                throw new RegistryException(
                        "The tag is immutable.", "Choose another.", 400, "TAG_INVALID", false, null);
            }
        });
    }

    @Test
    void saysWhereATagLeadsThatSomebodyElseMoved() throws InterruptedException {
        Manifest other = images.image("linux/amd64", "other");
        Manifest image = images.image("linux/amd64", "x");
        registry.before(request -> {
            if (request.equals("HEAD " + APP + " 1.4")) {
                images.tag("1.4", other);
            }
        });

        assertThatThrownBy(() -> copy.copy(APP, image.digest(), APP, List.of(V1), CopyScope.IMAGE))
                .hasMessage("a.example/acme/app:1.4 was set to " + image.digest() + " but leads to " + other.digest()
                        + " now. Somebody else moves this tag at the same time; find out who, then set it again.");
    }
}
