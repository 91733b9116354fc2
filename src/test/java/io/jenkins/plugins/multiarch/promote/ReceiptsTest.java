package io.jenkins.plugins.multiarch.promote;

import static io.jenkins.plugins.multiarch.promote.ReleaseHistory.repository;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.attest.KeySigner;
import io.jenkins.plugins.multiarch.attest.KeyVerifier;
import io.jenkins.plugins.multiarch.attest.PredicateTypes;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.attest.StatementReferrers;
import io.jenkins.plugins.multiarch.attest.Subject;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
    private final ReleaseHistory history = new ReleaseHistory();
    private final Repository api = repository("api");

    private List<Receipt> beside(String name, String version) throws InterruptedException {
        return history.receipts().beside(repository(name), history.digest(name, version));
    }

    private List<Descriptor> referrers(String name, String version) throws InterruptedException {
        return history.registry.referrers(repository(name), history.digest(name, version), "");
    }

    @Test
    void lieBesideEveryImageOfAPromotionAndNameAllOfIt() throws IOException, InterruptedException {
        history.promote("1.0.0", "api", "web");

        PromotedTags promoted = history.promotion()
                .promote(history.request("1.1.0", "api", "web")
                        .noted(new ReleaseNote("1.1.0", "57", "https://ci.example/job/app/57/")));

        Receipt receipt = beside("web", "1.1.0").get(0);
        assertThat(beside("api", "1.1.0")).containsExactly(receipt);
        assertThat(Optional.of(receipt.release())).isEqualTo(promoted.release());
        assertThat(receipt.images().keySet())
                .containsExactly(history.reference("api", "1.1.0"), history.reference("web", "1.1.0"));
        assertThat(receipt.tags())
                .hasSize(4)
                .contains(new TagChange(
                        new TagName(api, Tag.LATEST),
                        Optional.of(history.digest("api", "1.0.0")),
                        history.digest("api", "1.1.0")));
        assertThat(receipt.note()).isEqualTo(new ReleaseNote("1.1.0", "57", "https://ci.example/job/app/57/"));
        assertThat(history.log).contains("Left a receipt beside " + history.reference("web", "1.1.0") + ".");
    }

    @Test
    void areArtifactsOfATypeOfTheirOwnWhereNobodySigns() throws IOException, InterruptedException {
        history.promote("1.0.0", "api");

        assertThat(referrers("api", "1.0.0"))
                .extracting(Descriptor::artifactType)
                .containsExactly("application/vnd.jenkins.multiarch.receipt.v1+json");
    }

    @Test
    void areSigstoreBundlesWhereSomebodySigns() throws IOException, InterruptedException {
        history.signedBy(new KeySigner(SampleKeys.p256()));

        history.promote("1.0.0", "api", "web");

        assertThat(referrers("api", "1.0.0"))
                .extracting(Descriptor::artifactType)
                .containsExactly(Bundle.MEDIA_TYPE);
        assertThat(history.trusting(new KeyVerifier(SampleKeys.trusted("p256.pub")))
                        .receipts()
                        .beside(api, history.digest("api", "1.0.0")))
                .hasSize(1);
        assertThat(history.trusting(new KeyVerifier(SampleKeys.trusted("p384.pub")))
                        .receipts()
                        .beside(api, history.digest("api", "1.0.0")))
                .isEmpty();
    }

    @Test
    void thatAreSignedAreSummariesOfWhatWasVerified() throws IOException, InterruptedException {
        history.signedBy(new KeySigner(SampleKeys.p256()));

        history.promote("1.0.0", "api", "web");

        Statement statement = new StatementReferrers(
                        history.registry,
                        Set.of(PredicateTypes.VERIFICATION_SUMMARY),
                        Receipts.PLAIN_TYPE,
                        Clock.systemUTC())
                .read(api, history.digest("api", "1.0.0"), Optional.empty())
                .get(0);
        assertThat(statement.subjects()).extracting(Subject::digest).containsExactly(history.digest("api", "1.0.0"));
        ObjectNode summary = statement.predicateJson();
        assertThat(summary.remove("multiarch_promotion").path("kind").asText()).isEqualTo("promotion");
        summary.put("timeVerified", "…");
        assertThat(summary.toString())
                .isEqualTo("{\"verifier\":{\"id\":\"https://plugins.jenkins.io/multiarch-release\"},"
                        + "\"timeVerified\":\"…\",\"resourceUri\":\"oci://" + history.reference("api", "1.0.0")
                        + "\",\"policy\":{\"uri\":\"https://plugins.jenkins.io/multiarch-release/policies/promotion/v1\"},"
                        + "\"verificationResult\":\"PASSED\",\"verifiedLevels\":[\"SLSA_BUILD_LEVEL_UNEVALUATED\"],"
                        + "\"slsaVersion\":\"1.0\"}");
    }

    @Test
    void thatWereSignedBeforeTheyWereSummariesAreReadStill() throws IOException, InterruptedException {
        history.promote("1.0.0", "api");
        Receipt receipt = beside("api", "1.0.0").get(0);
        Manifest image = history.image("api", "1.0.0");
        Bundle bundle = new KeySigner(SampleKeys.p256()).attest(receipt.statement());
        new StatementReferrers(history.registry, Set.of(), Receipts.PLAIN_TYPE, Clock.systemUTC())
                .put(api, PredicateTypes.PROMOTION, Map.of(image.descriptor(), bundle));

        List<Receipt> read = history.trusting(new KeyVerifier(SampleKeys.trusted("p256.pub")))
                .receipts()
                .beside(api, image.digest());

        assertThat(read).containsExactly(receipt);
    }

    @Test
    void areNotLeftWhereNothingMoved() throws IOException, InterruptedException {
        history.promote("1.0.0", "api");
        PromotedTags again = history.promote("1.0.0", "api");

        assertThat(again.release()).isEmpty();
        assertThat(beside("api", "1.0.0")).hasSize(1);
    }

    @Test
    void thatCannotBeLeftAreReportedAndTakeNothingBack() throws IOException, InterruptedException {
        history.promote("1.0.0", "api", "web");
        Digest web = history.digest("web", "1.1.0");
        history.registry.before(request -> {
            if (request.startsWith("PUT-BLOB a.example/acme/web")) {
                throw new RegistryException("There is no room.", "Delete something.", 507, "", false, null);
            }
        });
        PromotionRequest request = new PromotionRequest(
                List.of(history.reference("api", "1.1.0"), ImageRef.of(repository("web"), web)),
                ReleaseHistory.TAGS,
                List.of());

        PromotedTags promoted = history.promotion().promote(request);

        assertThat(promoted.unrecorded())
                .containsExactly("No receipt was left in a.example/acme/web: There is no room.");
        assertThat(promoted.toJson().path("unrecorded")).hasSize(1);
        assertThat(history.log).contains("No receipt was left in a.example/acme/web: There is no room.");
        assertThat(history.tagged("web", "latest")).contains(web);
        assertThat(history.journal.unfinished()).isEmpty();
    }

    @Test
    void thatCannotBeSignedAreReportedToo() throws IOException, InterruptedException {
        history.signedBy(new Unable());

        PromotedTags promoted = history.promote("1.0.0", "api");

        assertThat(promoted.unrecorded())
                .containsExactly("No receipt was left, for it could not be signed: The signing service is asleep.");
        assertThat(history.tagged("api", "latest")).contains(history.digest("api", "1.0.0"));
    }

    @Test
    void areLeftByWhoFindsThePromotionBrokenOff() throws IOException, InterruptedException {
        PromotionRequest request = history.request("1.0.0", "api");
        history.registry.before(line -> {
            if (line.startsWith("PUT-BLOB")) {
                throw new Killed();
            }
        });
        try {
            history.promotion().promote(request);
        } catch (Killed e) {
            history.registry.before(line -> {});
        }

        history.promotion().recover();

        assertThat(beside("api", "1.0.0"))
                .extracting(receipt -> receipt.note().version())
                .containsExactly("1.0.0");
    }

    /** The end of a process: nothing catches it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Otherwise whoever asks again could not know that it was done. */
    @Test
    void areLeftByTheNextOneWhereThePromotionIsStopped() throws IOException, InterruptedException {
        PromotionRequest request = history.request("1.0.0", "api");
        history.registry.before(line -> {
            if (line.startsWith("PUT-BLOB")) {
                throw new InterruptedException("stopped");
            }
        });

        assertThatThrownBy(() -> history.promotion().promote(request)).isInstanceOf(InterruptedException.class);

        history.registry.before(line -> {});
        assertThat(history.tagged("api", "latest")).contains(history.digest("api", "1.0.0"));
        assertThat(history.log).contains("Not every receipt was left, for the promotion was stopped.");
        assertThat(history.promotion().recover()).isPresent();
        assertThat(beside("api", "1.0.0")).hasSize(1);
        assertThat(history.journal.unfinished()).isEmpty();
    }

    /** Signs nothing. */
    private static final class Unable implements Signer {
        @Override
        public Bundle attest(String payloadType, byte[] payload) {
            throw new ReleaseException("The signing service is asleep.", "Wake it.");
        }

        @Override
        public Bundle sign(Blob message) {
            throw new ReleaseException("The signing service is asleep.", "Wake it.");
        }

        @Override
        public String name() {
            return "nobody";
        }
    }
}
