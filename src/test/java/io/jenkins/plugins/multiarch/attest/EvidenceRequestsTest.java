package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.attest.keyless.KeylessVerifier;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistryBuilder;
import io.jenkins.plugins.multiarch.registry.fake.LoggedRequest;
import io.jenkins.plugins.multiarch.registry.fake.Trait;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What evidence costs a registry, which counts requests and refuses who makes too many. */
class EvidenceRequestsTest {
    private static final Predicate REVIEW =
            new Predicate("https://example.com/review/v1", "{}".getBytes(StandardCharsets.UTF_8));

    private final Registry registry = HttpRegistry.builder().build();
    private final Signer signer = new KeySigner(SampleKeys.p256());
    private FakeRegistry fake;
    private Repository app;
    private ImageRef image;

    /** A registry that was spoken with before. */
    private void start(FakeRegistryBuilder options) throws InterruptedException {
        fake = options.start();
        app = fake.repository("acme/app");
        image = ImageRef.of(
                app,
                fake.addImage("acme/app", "1.4", "linux/amd64", "linux/arm64").digest());
        registry.get(image);
        fake.clearRequests();
    }

    @AfterEach
    void close() {
        fake.close();
    }

    /** The index and its images; a list for each of the three; two bundles; the empty configuration; four referrers. */
    @Test
    void attestingTwoPlatformsTakesSeventeen() throws Exception {
        start(FakeRegistry.builder());

        attest(StorageForm.BUNDLE);

        assertThat(fake.requests()).hasSize(3 + 3 + 2 * 2 + 3 + 4);
    }

    @Test
    void verifyingTwoPlatformsTakesOneForEachThingThatIsRead() throws Exception {
        start(FakeRegistry.builder());
        attest(StorageForm.BUNDLE);
        fake.clearRequests();

        verify("any");

        assertThat(fake.requests()).hasSize(3 + 3 + 4 + 2);
    }

    @Test
    void asksForCosignsTagsWhereTheReferrersDoNotSatisfy() throws Exception {
        start(FakeRegistry.builder());
        attest(StorageForm.LEGACY);
        fake.clearRequests();

        verify("any");

        assertThat(fake.requests("GET", "*.att")).hasSize(3);
        assertThat(fake.requests("GET", "*.sig")).hasSize(3);
    }

    @Test
    void asksForCosignsTagsWhereTheNewestOfAllCounts() throws Exception {
        start(FakeRegistry.builder());
        attest(StorageForm.BUNDLE);
        fake.clearRequests();

        policy("scan");

        assertThat(fake.requests("GET", "*.att")).hasSize(3);
    }

    @Test
    void doesNotAskForALargeSbomWhereAReviewIsRequired() throws Exception {
        start(FakeRegistry.builder());
        attest(StorageForm.BUNDLE);
        new Attestations(registry, line -> {})
                .attest(AttestationRequest.of(image, new Predicate(PredicateTypes.SPDX, REVIEW.json())), signer);
        fake.clearRequests();

        verify(REVIEW.type());

        assertThat(fake.requests("GET", "*/blobs/*")).hasSize(1);
    }

    @Test
    void attestingTheSameAgainOnlyReads() throws Exception {
        start(FakeRegistry.builder().with(Trait.NO_REFERRERS_API));
        attest(StorageForm.BUNDLE);
        fake.clearRequests();

        attest(StorageForm.BUNDLE);

        assertThat(fake.requests()).extracting(LoggedRequest::method).containsOnly("GET");
    }

    private void attest(StorageForm form) throws InterruptedException {
        new Attestations(registry, line -> {})
                .attest(AttestationRequest.of(image, REVIEW).with(form), signer);
    }

    private void verify(String type) throws InterruptedException {
        policy(type).refuseUnlessPassed();
    }

    private VerificationVerdict policy(String type) throws InterruptedException {
        String key = new String(SampleKeys.file("p256.pub"), StandardCharsets.UTF_8).replace("\n", "\\n");
        VerificationPolicy policy = VerificationPolicy.parse(
                ("{\"trust\":[{\"key\":\"" + key + "\"}],\"require\":[{\"type\":\"" + type + "\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
        return new ImageVerification(registry).verify(image, policy, policy.verifier(KeylessVerifier.trustingNobody()));
    }
}
