package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What others say of an image is copied with it. */
class ReferrersCopyTest {
    private static final Repository APP = Repository.parse("a.example/acme/app");
    private static final Repository MIRROR = Repository.parse("b.example/mirror/app");
    private static final Tag V1 = new Tag("1.4");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SampleImages images = new SampleImages(registry, APP);
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final ImageCopy copy = new ImageCopy(registry, log::add);

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

    private static List<Digest> digests(List<Descriptor> descriptors) {
        return descriptors.stream().map(Descriptor::digest).toList();
    }
}
