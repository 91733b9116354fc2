package io.jenkins.plugins.multiarch.attest;

import static io.jenkins.plugins.multiarch.attest.SamplePredicates.REVIEW;
import static io.jenkins.plugins.multiarch.attest.SamplePredicates.REVIEWED;
import static io.jenkins.plugins.multiarch.attest.SamplePredicates.sbom;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvidenceBesideTest {
    private static final String BUILD = "https://jenkins.example.com/job/release/57/";

    private MultiPlatformImage image;

    @BeforeEach
    void pushAnImage() throws InterruptedException {
        image = MultiPlatformImage.pushed();
    }

    private void attest(StorageForm form, Predicate... predicates) throws Exception {
        new Attestations(image.registry(), line -> {})
                .attest(AttestationRequest.of(image.ref(), predicates).with(form), new KeySigner(SampleKeys.p256()));
    }

    private EvidenceBeside beside() throws InterruptedException {
        return EvidenceBeside.read(image.registry(), image.ref());
    }

    private static Predicate provenance(String build) {
        return new Provenance(
                        new Provenance.Definition("https://example.com/type", Json.object(), Json.object(), List.of()),
                        new Provenance.Run(
                                "https://jenkins.example.com/",
                                Map.of(),
                                build,
                                Optional.empty(),
                                Optional.empty(),
                                List.of()))
                .predicate();
    }

    @Test
    void isNothingBesideAnImageOfNoEvidence() throws Exception {
        assertThat(beside()).isEqualTo(new EvidenceBeside(List.of(), List.of()));
    }

    @ParameterizedTest
    @EnumSource(StorageForm.class)
    void namesTheTypesOfBothForms(StorageForm form) throws Exception {
        attest(form, REVIEWED, sbom());

        assertThat(beside().types()).contains("sbom", REVIEW).doesNotContain("provenance");
    }

    @Test
    void namesTheBuildThatProvenanceTells() throws Exception {
        attest(StorageForm.BUNDLE, provenance(BUILD));

        assertThat(beside().types()).contains("provenance");
        assertThat(beside().builds()).containsExactly(BUILD);
    }

    @Test
    void namesNoBuildThatProvenanceOfAnotherImageTells() throws Exception {
        Predicate claim = provenance(BUILD);
        Statement ofAnother = claim.about(List.of(Subject.of(image.amd64().digest())));
        Bundle bundle = new KeySigner(SampleKeys.p256()).attest(ofAnother);
        new StatementReferrers(image.registry(), Set.of(), "", Clock.systemUTC())
                .put(image.repository(), claim.type(), Map.of(image.index().descriptor(), bundle));

        assertThat(beside().types()).containsExactly("provenance");
        assertThat(beside().builds()).isEmpty();
    }

    @Test
    void passesOverABuildThatNoAddressIsAsLongAs() throws Exception {
        attest(StorageForm.BUNDLE, provenance("x".repeat(3_000)));

        assertThat(beside().builds()).isEmpty();
    }

    @Test
    void leavesNothingOfABuildThatWouldMoveATerminal() throws Exception {
        attest(StorageForm.BUNDLE, provenance("one\u001b[2J two"));

        assertThat(beside().builds()).containsExactly("one [2J two");
    }
}
