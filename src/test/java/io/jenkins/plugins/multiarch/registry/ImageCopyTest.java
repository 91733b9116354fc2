package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

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
    void copiesReferrersOfTheRootAndOfEveryChildAndTheirs() throws InterruptedException {
        ImageManifest amd = images.image("linux/amd64", "x");
        Manifest index = images.index(amd);
        Manifest sbom = images.referrer(amd, "sbom");
        Manifest signature = images.referrer(sbom, "signature of the sbom");
        Manifest provenance = images.referrer(index, "provenance");

        CopyReport report = copy.copy(APP, index.digest(), MIRROR, List.of(), CopyScope.REFERRERS);

        assertThat(report.referrers()).isEqualTo(3);
        assertThat(digests(registry.referrers(MIRROR, amd.digest(), ""))).containsExactly(sbom.digest());
        assertThat(digests(registry.referrers(MIRROR, sbom.digest(), ""))).containsExactly(signature.digest());
        assertThat(digests(registry.referrers(MIRROR, index.digest(), ""))).containsExactly(provenance.digest());
    }

    @Test
    void leavesReferrersWhereOnlyTheImageIsWanted() throws InterruptedException {
        Manifest image = images.image("linux/amd64", "x");
        images.referrer(image, "sbom");
        images.cosign(image, ".sig", "signed");

        copy.copy(APP, image.digest(), MIRROR, List.of(), CopyScope.IMAGE);

        assertThat(registry.referrers(MIRROR, image.digest(), "")).isEmpty();
        assertThat(registry.tags(MIRROR)).isEmpty();
    }

    @Test
    void rebuildsTheFallbackTagWhereThereIsNoReferrersApi() throws InterruptedException {
        registry.withoutReferrersApi("b.example");
        Manifest image = images.image("linux/amd64", "x");
        Manifest one = images.referrer(image, "one");
        Manifest two = images.referrer(image, "two");

        copy.copy(APP, image.digest(), MIRROR, List.of(), CopyScope.REFERRERS);

        Manifest fallback =
                registry.find(MIRROR, new Tag("sha256-" + image.digest().hex())).orElseThrow();
        assertThat(digests(fallback.children())).containsExactlyInAnyOrder(one.digest(), two.digest());
    }

    @Test
    void listsAReferrerThatIsAtTheTargetButNotInItsFallbackTag() throws InterruptedException {
        registry.withoutReferrersApi("b.example");
        ImageManifest amd = images.image("linux/amd64", "x");
        Descriptor attestation = images.attestation(amd, true);
        Manifest index = images.index(List.of(amd.descriptor(), attestation));
        copy.copy(APP, index.digest(), MIRROR, List.of(), CopyScope.REFERRERS);
        registry.deleteTag(MIRROR, new Tag("sha256-" + amd.digest().hex()));

        copy.copy(APP, index.digest(), MIRROR, List.of(), CopyScope.REFERRERS);

        assertThat(digests(registry.referrers(MIRROR, amd.digest(), ""))).containsExactly(attestation.digest());
    }

    @Test
    void writesAReferrerAgainThatAnotherWriterPushedOutOfTheFallbackTag() throws InterruptedException {
        registry.withoutReferrersApi("b.example");
        Manifest image = images.image("linux/amd64", "x");
        Manifest sbom = images.referrer(image, "sbom");
        AtomicInteger listings = new AtomicInteger();
        registry.before(request -> {
            if (request.equals("REFERRERS " + MIRROR + " " + image.digest()) && listings.incrementAndGet() == 2) {
                registry.deleteTag(MIRROR, new Tag("sha256-" + image.digest().hex()));
            }
        });

        copy.copy(APP, image.digest(), MIRROR, List.of(), CopyScope.REFERRERS);

        assertThat(digests(registry.referrers(MIRROR, image.digest(), ""))).containsExactly(sbom.digest());
    }

    @Test
    void refusesWhereAReferrerIsLostAgainAndAgain() throws InterruptedException {
        registry.withoutReferrersApi("b.example");
        Manifest image = images.image("linux/amd64", "x");
        Manifest sbom = images.referrer(image, "sbom");
        registry.before(request -> {
            if (request.equals("REFERRERS " + MIRROR + " " + image.digest())) {
                registry.deleteTag(MIRROR, new Tag("sha256-" + image.digest().hex()));
            }
        });

        assertThatThrownBy(() -> copy.copy(APP, image.digest(), MIRROR, List.of(), CopyScope.REFERRERS))
                .hasMessage("b.example/mirror/app does not list " + sbom.digest() + " as a referrer of "
                        + image.digest() + ", although it was written there. Somebody else changes the referrers at the"
                        + " same time; copy again.");
    }

    @Test
    void believesAFallbackTagOnlyWhatTheReferrersSayThemselves() throws InterruptedException {
        registry.withoutReferrersApi("a.example");
        Manifest image = images.image("linux/amd64", "x");
        Manifest stranger = images.image("linux/amd64", "secret");
        Digest gone = Digest.sha256(new byte[] {7});
        ImageIndex lie = ImageIndex.of(
                List.of(stranger.descriptor(), Descriptor.of(MediaTypes.OCI_MANIFEST, gone, 5)), Map.of());
        registry.plant(APP, lie);
        images.blob(MediaTypes.OCI_MANIFEST, new byte[] {7});
        images.tag("sha256-" + image.digest().hex(), lie);

        copy.copy(APP, image.digest(), MIRROR, List.of(), CopyScope.REFERRERS);

        assertThat(registry.head(MIRROR, stranger.digest())).isEmpty();
        assertThat(log)
                .contains(
                        "Left out " + stranger.digest() + ", which a.example/acme/app lists as a referrer of "
                                + image.digest() + ": it has another subject.",
                        "Left out " + gone + ", which a.example/acme/app lists as a referrer of " + image.digest()
                                + ": it is not there.");
    }

    @Test
    void endsWhereAFallbackTagGoesInACircle() throws InterruptedException {
        registry.withoutReferrersApi("a.example");
        Manifest image = images.image("linux/amd64", "x");
        Manifest sbom = images.referrer(image, "sbom");
        images.tag(
                "sha256-" + sbom.digest().hex(),
                ImageIndex.of(List.of(image.descriptor(), sbom.descriptor()), Map.of()));

        copy.copy(APP, image.digest(), MIRROR, List.of(), CopyScope.REFERRERS);

        assertThat(digests(registry.referrers(MIRROR, image.digest(), ""))).containsExactly(sbom.digest());
    }

    @Test
    void copiesWhatCosignSaysOfTheRootAndOfEveryChild() throws InterruptedException {
        ImageManifest amd = images.image("linux/amd64", "x");
        Manifest index = images.index(amd);
        images.cosign(index, ".sig", "signed");
        images.cosign(amd, ".sig", "signed too");
        images.cosign(amd, ".att", "attested");
        images.cosign(amd, ".sbom", "listed");

        CopyReport report = copy.copy(APP, index.digest(), MIRROR, List.of(), CopyScope.REFERRERS);

        assertThat(report.referrers()).isEqualTo(4);
        assertThat(registry.holdings(MIRROR)).isEqualTo(registry.holdings(APP));
    }

    @Test
    void findsCosignsTagsWhereTheTagsMayNotBeListed() throws InterruptedException {
        Manifest image = images.image("linux/amd64", "x");
        images.cosign(image, ".sig", "signed");
        registry.before(request -> {
            if (request.startsWith("TAGS")) {
                throw new RegistryException("No.", "Ask.", 403, "DENIED", false, null);
            }
        });

        copy.copy(APP, image.digest(), MIRROR, List.of(), CopyScope.REFERRERS);

        assertThat(registry.head(MIRROR, SampleImages.cosignTag(image, ".sig"))).isPresent();
    }

    @Test
    void replacesSignaturesByTheSameAndMore() throws InterruptedException {
        Manifest image = images.image("linux/amd64", "x");
        images.cosign(image, ".sig", "first");
        copy.copy(APP, image.digest(), MIRROR, List.of(), CopyScope.REFERRERS);
        Manifest both = images.cosign(image, ".sig", "first", "second");

        copy.copy(APP, image.digest(), MIRROR, List.of(), CopyScope.REFERRERS);

        assertThat(registry.find(MIRROR, SampleImages.cosignTag(image, ".sig"))
                        .orElseThrow()
                        .digest())
                .isEqualTo(both.digest());
    }

    @Test
    void keepsSignaturesThatOnlyTheTargetHas() throws InterruptedException {
        Manifest image = images.image("linux/amd64", "x");
        images.cosign(image, ".sig", "first");
        Manifest more = new SampleImages(registry, MIRROR).cosign(image, ".sig", "first", "the mirror's own");

        copy.copy(APP, image.digest(), MIRROR, List.of(), CopyScope.REFERRERS);

        assertThat(registry.find(MIRROR, SampleImages.cosignTag(image, ".sig"))
                        .orElseThrow()
                        .digest())
                .isEqualTo(more.digest());
    }

    @Test
    void refusesToLoseSignaturesOfEitherSideBeforeAnythingIsWritten() throws InterruptedException {
        Manifest image = images.image("linux/amd64", "x");
        images.cosign(image, ".sig", "ours");
        new SampleImages(registry, MIRROR).cosign(image, ".sig", "theirs");
        String tag = SampleImages.cosignTag(image, ".sig").toString();

        assertThatThrownBy(() -> copy.copy(APP, image.digest(), MIRROR, List.of(V1), CopyScope.REFERRERS))
                .hasMessage("b.example/mirror/app:" + tag
                        + " holds other signatures or attestations than a.example/acme/app:" + tag
                        + ", so that copying would lose some. Copy the image without its referrers, or delete that tag"
                        + " of b.example/mirror/app first.");
        assertThat(registry.head(MIRROR, image.digest())).isEmpty();
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

    @Test
    void refusesAnImageThatLacksAChild() throws InterruptedException {
        ImageManifest lost = images.image("linux/arm64", "lost");
        Manifest index = images.index(images.image("linux/amd64", "x"), lost);
        registry.delete(APP, lost.digest());

        assertThatThrownBy(() -> copy.copy(APP, index.digest(), MIRROR, List.of(), CopyScope.IMAGE))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("a.example/acme/app@" + index.digest() + " is incomplete: it lists " + lost.digest()
                        + ", which is not there. Push the image again; one of its parts was deleted or never came.");
        assertThat(registry.requests("PUT-BLOB")).noneMatch(r -> r.contains(MIRROR.toString()));
    }

    @Test
    void refusesAnImageNestedTooDeep() throws InterruptedException {
        Manifest nested = images.image("linux/amd64", "x");
        for (int i = 0; i < 17; i++) {
            nested = images.index(nested);
        }
        Manifest root = nested;

        assertThatThrownBy(() -> copy.copy(APP, root.digest(), MIRROR, List.of(), CopyScope.IMAGE))
                .hasMessage("a.example/acme/app@" + root.digest()
                        + " is not copied: it is nested deeper than 16 levels. Copy it without its referrers, or copy its"
                        + " parts one by one.");
    }

    @Test
    void refusesAnIndexOfTooManyBeforeItAsksForThem() throws InterruptedException {
        Descriptor image = images.image("linux/amd64", "x").descriptor();
        List<Descriptor> many = new ArrayList<>();
        for (int i = 0; i < 4096; i++) {
            many.add(Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.sha256(new byte[] {(byte) i, (byte) (i >> 8)}), 2));
        }
        many.add(image);
        ImageIndex index = ImageIndex.of(many, Map.of());
        registry.plant(APP, index);
        registry.forgetRequests();

        assertThatThrownBy(() -> copy.copy(APP, index.digest(), MIRROR, List.of(), CopyScope.IMAGE))
                .hasMessage("a.example/acme/app@" + index.digest()
                        + " is not copied: more than 4096 manifests belong to it. Copy it without its referrers, or copy"
                        + " its parts one by one.");
        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void refusesManifestsTooLargeToHold() throws InterruptedException {
        List<Descriptor> children = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ImageIndex large = ImageIndex.of(List.of(), Map.of("filler", i + "x".repeat(4 << 20)));
            registry.plant(APP, large);
            children.add(large.descriptor());
        }
        ImageIndex index = ImageIndex.of(children, Map.of());
        registry.plant(APP, index);

        assertThatThrownBy(() -> copy.copy(APP, index.digest(), MIRROR, List.of(), CopyScope.IMAGE))
                .hasMessage("a.example/acme/app@" + index.digest()
                        + " is not copied: its manifests are larger than 64 MiB together. Copy it without its referrers,"
                        + " or copy its parts one by one.");
        assertThat(registry.requests("GET-MANIFEST")).hasSizeLessThan(30);
    }

    @Test
    void stopsEveryStreamAtTheFirstFailure() throws InterruptedException {
        Manifest image = images.image("linux/amd64", "one", "two", "three", "four", "five");
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger streams = new AtomicInteger();
        AtomicInteger stopped = new AtomicInteger();
        registry.before(request -> {
            if (request.startsWith("PUT-BLOB")) {
                if (streams.incrementAndGet() == 4) {
                    throw new RegistryException("Full.", "Make room.", 507, "", false, null);
                }
                try {
                    never.await();
                } catch (InterruptedException e) {
                    stopped.incrementAndGet();
                    throw e;
                }
            }
        });

        assertThatThrownBy(() -> copy.copy(APP, image.digest(), MIRROR, List.of(V1), CopyScope.IMAGE))
                .hasMessage("Full. Make room.");
        assertThat(stopped.get()).isEqualTo(streams.get() - 1);
        assertThat(registry.head(MIRROR, image.digest())).isEmpty();
    }

    @Test
    void stopsEveryStreamWhenInterrupted() throws InterruptedException {
        Manifest image = images.image("linux/amd64", "one", "two", "three", "four", "five");
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(4);
        AtomicInteger stopped = new AtomicInteger();
        registry.before(request -> {
            if (request.startsWith("PUT-BLOB")) {
                running.countDown();
                try {
                    never.await();
                } catch (InterruptedException e) {
                    stopped.incrementAndGet();
                    throw e;
                }
            }
        });
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread copying = new Thread(() -> {
            try {
                copy.copy(APP, image.digest(), MIRROR, List.of(V1), CopyScope.IMAGE);
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });

        copying.start();
        running.await();
        copying.interrupt();
        copying.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(stopped).hasValue(4);
    }

    private static List<Digest> digests(List<Descriptor> descriptors) {
        return descriptors.stream().map(Descriptor::digest).toList();
    }
}
