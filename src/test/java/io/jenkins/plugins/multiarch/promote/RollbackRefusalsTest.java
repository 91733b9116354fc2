package io.jenkins.plugins.multiarch.promote;

import static io.jenkins.plugins.multiarch.promote.ReleaseHistory.back;
import static io.jenkins.plugins.multiarch.promote.ReleaseHistory.repository;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.KeySigner;
import io.jenkins.plugins.multiarch.attest.KeyVerifier;
import io.jenkins.plugins.multiarch.attest.PredicateTypes;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.attest.StatementReferrers;
import io.jenkins.plugins.multiarch.attest.Subject;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RollbackRefusalsTest {
    private final ReleaseHistory history = new ReleaseHistory();
    private final Repository api = repository("api");

    private void refuses(ThrowingCallable call, String message) throws InterruptedException {
        Optional<Digest> before = history.tagged("api", "stable");
        assertThatThrownBy(call).isInstanceOf(ReleaseException.class).hasMessage(message);
        assertThat(history.tagged("api", "stable")).isEqualTo(before);
    }

    @Test
    void wantsATargetThatNamesARelease() throws InterruptedException {
        refuses(
                () -> RollbackTarget.parse("the good one"),
                "'the good one' names no release to go back to. Write previous, a version as in 1.4.1, the number of a"
                        + " build as in #57, or the digest of an image.");
    }

    @Test
    void wantsARepositoryAndATag() throws InterruptedException {
        RollbackTarget previous = RollbackTarget.parse("previous");
        refuses(
                () -> new RollbackRequest(List.of(), ReleaseHistory.TAGS, previous),
                "No repository to roll back was named. Name one, as in ghcr.io/acme/app.");
        refuses(
                () -> new RollbackRequest(List.of(api), List.of(), previous),
                "No tag to roll back was named. Name at least one, as in stable.");
    }

    @Test
    void findsNothingBeforeTheFirstReceipt() throws IOException, InterruptedException {
        Manifest image = history.image("api", "1.0.0");
        history.registry.put(api, new Tag("stable"), image);
        history.registry.put(api, new Tag("latest"), image);

        refuses(
                () -> history.rollBack("previous", "api"),
                api + ":latest was not rolled back: no receipt beside " + image.digest()
                        + " tells where it led before. Name the version or the digest to go back to.");
    }

    @Test
    void findsNothingBeforeTheFirstRelease() throws IOException, InterruptedException {
        history.promote("1.0.0", "api");

        refuses(
                () -> history.rollBack("previous", "api"),
                api + ":latest was not rolled back: it was not there before it led to "
                        + history.digest("api", "1.0.0")
                        + ". Leave this tag out, or name the version or the digest to go back to.");
    }

    @Test
    void refusesATagThatIsNotThere() throws InterruptedException {
        refuses(
                () -> history.rollBack("previous", "api"),
                api + ":stable does not exist, so there is nothing to roll back. Check its name; promote sets tags that"
                        + " are not there yet.");
    }

    @Test
    void countsNoReceiptThatTheTrustedOneDidNotSign() throws IOException, InterruptedException {
        history.promote("1.0.0", "api");
        history.promote("1.1.0", "api");
        history.trusting(new KeyVerifier(SampleKeys.trusted("p256.pub")));

        refuses(
                () -> history.rollBack("previous", "api"),
                api + ":latest was not rolled back: no receipt by the " + SampleKeys.trusted("p256.pub") + " beside "
                        + history.digest("api", "1.1.0")
                        + " tells where it led before. Name the version or the digest to go back to.");
    }

    @Test
    void countsReceiptsThatTheTrustedOneSigned() throws IOException, InterruptedException {
        history.signedBy(new KeySigner(SampleKeys.p256()));
        history.promote("1.0.0", "api");
        history.promote("1.1.0", "api");
        history.trusting(new KeyVerifier(SampleKeys.trusted("p256.pub")));

        history.rollBack("previous", "api");

        assertThat(history.tagged("api", "stable")).contains(history.digest("api", "1.0.0"));
    }

    @Test
    void refusesWhereSomebodyMovedATagWithoutAReceipt() throws IOException, InterruptedException {
        history.promote("1.0.0", "api");
        history.promote("1.1.0", "api");
        history.registry.put(api, Tag.LATEST, history.image("api", "1.0.0"));

        refuses(
                () -> history.rollBack("previous", "api"),
                api + ":latest was not rolled back: it leads to " + history.digest("api", "1.0.0")
                        + ", and the last receipt has it at " + history.digest("api", "1.1.0")
                        + ". Somebody moved it without a receipt; name the version or the digest to go back to.");
    }

    @Test
    void refusesToMixTwoReleasesInOneRepository() throws IOException, InterruptedException {
        history.promote("1.0.0", "api");
        history.promotion()
                .promote(new PromotionRequest(
                        List.of(history.reference("api", "1.1.0")), List.of(new Tag("stable")), List.of()));
        history.promote("1.2.0", "api");

        refuses(
                () -> history.rollBack("previous", "api"),
                "The tags of " + api + " led to different images before: latest to " + history.digest("api", "1.0.0")
                        + ", stable to " + history.digest("api", "1.1.0") + ". Roll them back one by one.");
    }

    @Test
    void refusesAReleaseThatNothingTellsOf() throws IOException, InterruptedException {
        history.promote("1.0.0", "api");

        refuses(
                () -> history.rollBack("0.1.0", "api"),
                api + " was not rolled back: no receipt tells what 0.1.0 had there. Look at the name of the release, or"
                        + " name the digest, one repository at a time.");
    }

    @Test
    void takesNoTagForAVersionWhereReceiptsHaveToBeSigned() throws IOException, InterruptedException {
        history.signedBy(new KeySigner(SampleKeys.p256())).trusting(new KeyVerifier(SampleKeys.trusted("p256.pub")));
        history.promote("1.0.0", "api");
        history.registry.put(api, new Tag("0.9.0"), history.image("api", "0.9.0"));

        refuses(
                () -> history.rollBack("0.9.0", "api"),
                api + " was not rolled back: no receipt by the " + SampleKeys.trusted("p256.pub")
                        + " tells what 0.9.0 had there. Look at the name of the release, or name the digest, one"
                        + " repository at a time.");
    }

    @Test
    void refusesAnImageWhosePartsAreGone() throws IOException, InterruptedException {
        history.promote("1.0.0", "api");
        history.promote("1.1.0", "api");
        ImageIndex old = (ImageIndex) history.image("api", "1.0.0");
        Digest child = old.images().get(0).digest();
        history.registry.delete(api, child);

        refuses(
                () -> history.rollBack("previous", "api"),
                api + "@" + old.digest() + " cannot be pulled any more: its manifest " + child
                        + " is gone. Go back to another release, or push this one again from a copy that is whole.");
    }

    @Test
    void refusesAnImageWhoseLayerIsGone() throws IOException, InterruptedException {
        history.promote("1.0.0", "api");
        Descriptor layer = Descriptor.of("application/vnd.oci.image.layer.v1.tar", new byte[] {1});
        ImageManifest hollow = ImageManifest.of(
                new SampleImages(history.registry, api)
                        .blob("application/vnd.oci.image.config.v1+json", EmptyBlob.bytes()),
                List.of(layer),
                Map.of());
        history.registry.plant(api, hollow);

        refuses(
                () -> history.rollback()
                        .rollBack(back(hollow.digest().toString(), "api").guarded(true, Evidence.NONE)),
                api + "@" + hollow.digest() + " cannot be pulled any more: its blob " + layer.digest()
                        + " is gone. Go back to another release, or push this one again from a copy that is whole.");
    }

    @Test
    void refusesAnImageWithoutEnd() throws IOException, InterruptedException {
        history.promote("1.0.0", "api");
        List<Descriptor> children = IntStream.rangeClosed(0, 20_000)
                .mapToObj(i -> Descriptor.of(MediaTypes.OCI_MANIFEST, new byte[] {(byte) i, (byte) (i >> 8)}))
                .toList();
        ImageIndex endless = ImageIndex.of(children, Map.of());
        history.registry.plant(api, endless);

        refuses(
                () -> history.rollBack(endless.digest().toString(), "api"),
                api + "@" + endless.digest()
                        + " has more than 20000 parts. No image needs that many; look what was pushed.");
    }

    @Test
    void losesNoPlatformUnlessThatIsAllowed() throws IOException, InterruptedException {
        history.promote("1.0.0", "api");
        Digest lesser = new SampleImages(history.registry, api)
                .image("linux/amd64", "lesser")
                .digest();

        assertThatThrownBy(() -> history.rollBack(lesser.toString(), "api"))
                .hasMessageContaining("api:stable was not moved: " + api + "@" + lesser + " lacks linux/arm64");
    }

    @Test
    void refusesWhereSomebodyMovesATagInBetween() throws IOException, InterruptedException {
        history.promote("1.0.0", "api");
        history.promote("1.1.0", "api");
        Manifest theirs = history.image("api", "1.2.0");
        history.registry.before(request -> {
            if (request.startsWith("REFERRERS")) {
                history.registry.plant(api, new Tag("stable"), theirs);
            }
        });

        assertThatThrownBy(() -> history.rollBack("previous", "api"))
                .hasMessage(api + ":stable was not rolled back: it was moved from " + history.digest("api", "1.1.0")
                        + " to " + theirs.digest() + " just now. Look at what stands there now, and roll it back if"
                        + " that is still wanted.");
    }

    private void plant(int count, Manifest image) throws InterruptedException {
        StatementReferrers referrers = new StatementReferrers(
                history.registry, Set.of(PredicateTypes.PROMOTION), Receipts.PLAIN_TYPE, Clock.systemUTC());
        for (int i = 0; i < count; i++) {
            Statement statement = Statement.of(
                    List.of(new Subject("x", image.digest())),
                    PredicateTypes.PROMOTION,
                    Json.object().put("n", i));
            referrers.put(api, statement, List.of(image.descriptor()));
        }
    }

    /** Whoever may push puts as many there as they like. */
    @Test
    void areNoneToADigestHoweverManyReceiptsSomebodyPlanted() throws IOException, InterruptedException {
        history.promote("1.0.0", "api");
        history.promote("1.1.0", "api");
        Manifest running = history.image("api", "1.1.0");
        plant(200, running);

        history.rollBack(history.digest("api", "1.0.0").toString(), "api");

        assertThat(history.tagged("api", "stable")).contains(history.digest("api", "1.0.0"));
        assertThat(history.log)
                .contains("Passed over the receipts beside " + api + "@" + running.digest() + ": " + api + "@"
                        + running.digest() + " has 201 referrers that may be receipts.");
    }

    @Test
    void areNoneWhereASignatureTellsWhichReceiptsCount() throws IOException, InterruptedException {
        Signer signer = new KeySigner(SampleKeys.p256());
        ReleaseHistory signed =
                new ReleaseHistory().signedBy(signer).trusting(signer.verifier().orElseThrow());
        signed.promote("1.0.0", "api");
        signed.promote("1.1.0", "api");
        Manifest running = signed.image("api", "1.1.0");
        for (int i = 0; i < 200; i++) {
            signed.registry.plant(
                    api,
                    ImageManifest.artifact(
                            "application/vnd.dev.sigstore.bundle.v0.3+json",
                            List.of(),
                            Optional.of(running.descriptor()),
                            Map.of("org.opencontainers.image.created", "2020-01-01T00:00:00Z", "n", "" + i)));
        }

        signed.rollBack("previous", "api");

        assertThat(signed.tagged("api", "stable")).contains(signed.digest("api", "1.0.0"));
    }
}
