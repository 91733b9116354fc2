package io.jenkins.plugins.multiarch.attest;

import static io.jenkins.plugins.multiarch.attest.MultiPlatformImage.ARM64;
import static io.jenkins.plugins.multiarch.attest.SamplePredicates.REVIEW;
import static io.jenkins.plugins.multiarch.attest.SamplePredicates.REVIEWED;
import static io.jenkins.plugins.multiarch.attest.SamplePredicates.sbomOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.attest.Finding.Accepted;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is attested of which image. */
class AttestationsTest {
    private final List<String> log = new ArrayList<>();
    private final SigningKey key = SampleKeys.p256();
    private final Signer signer = new KeySigner(key);
    private MultiPlatformImage image;

    @BeforeEach
    void pushAnImage() throws Exception {
        image = MultiPlatformImage.pushed();
    }

    /** The defect of a system that attested the images of its index and not the index that users verify. */
    @ParameterizedTest
    @EnumSource(StorageForm.class)
    void leavesNoDigestWithoutEvidenceThatSomebodyCanPull(StorageForm form) throws Exception {
        image.samples().tag("1.0", image.index());

        attest(AttestationRequest.of(ImageRef.parse(image.repository() + ":1.0"), REVIEWED)
                .with(form));

        for (Digest digest : image.digests()) {
            assertThat(types(ImageRef.of(image.repository(), digest))).contains(REVIEW);
        }
    }

    @Test
    void saysWhichImagesTheIndexHas() throws Exception {
        attest(AttestationRequest.of(image.ref(), REVIEWED));

        JsonNode listing = accepted(image.ref()).stream()
                .map(Accepted::statement)
                .filter(statement -> statement.predicateType().equals(PredicateTypes.INDEX))
                .findFirst()
                .orElseThrow()
                .predicateJson();
        assertThat(listing.path("manifests").findValuesAsText("digest"))
                .containsExactly(
                        image.amd64().digest().toString(),
                        image.arm64().digest().toString());
        assertThat(listing.path("manifests").findValuesAsText("platform"))
                .containsExactly("linux/amd64", "linux/arm64");
    }

    @Test
    void attestsASingleImageWithoutAListing() throws Exception {
        AttestedImage attested = attest(AttestationRequest.of(image.ref(image.arm64()), REVIEWED));

        assertThat(attested.attestations()).hasSize(1);
        assertThat(types(image.ref(image.arm64()))).containsExactly(REVIEW);
    }

    @Test
    void putsTheClaimOfAPlatformBesideItsImageAlone() throws Exception {
        attest(AttestationRequest.of(image.ref()).with(ARM64, REVIEWED));

        assertThat(types(image.ref(image.arm64()))).containsExactly(REVIEW);
        assertThat(types(image.ref(image.amd64()))).isEmpty();
    }

    @Test
    void putsAnSbomBesideTheImageThatItDescribes() throws Exception {
        attest(AttestationRequest.of(image.ref(), sbomOf(image.arm64().digest())));

        assertThat(types(image.ref(image.arm64()))).containsExactly(PredicateTypes.CYCLONEDX);
        assertThat(types(image.ref(image.amd64()))).isEmpty();
    }

    @Test
    void takesTheImageIdInAnSbomForTheImage() throws Exception {
        attest(AttestationRequest.of(image.ref())
                .with(ARM64, sbomOf(image.arm64().config().digest())));

        assertThat(types(image.ref(image.arm64()))).containsExactly(PredicateTypes.CYCLONEDX);
    }

    @Test
    void refusesTheSbomOfAnotherPlatformBeforeAnythingIsWritten() throws Exception {
        int before = image.registry().requests().size();

        assertThatThrownBy(() -> attest(AttestationRequest.of(image.ref(), REVIEWED)
                        .with(ARM64, sbomOf(image.amd64().digest()))))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("The SBOM is about " + image.amd64().digest() + " and not about "
                        + image.arm64().digest() + ".");
        assertThat(image.registry()
                        .requests()
                        .subList(before, image.registry().requests().size()))
                .noneMatch(request -> request.startsWith("PUT") || request.startsWith("PUSH"));
    }

    @Test
    void refusesAPlatformThatTheImageLacks() {
        assertThatThrownBy(
                        () -> attest(AttestationRequest.of(image.ref()).with(Platform.parse("linux/s390x"), REVIEWED)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(image.ref() + " has no image for linux/s390x, of which something is to be attested."
                        + " Name one of its platforms: linux/amd64, linux/arm64.");
    }

    @Test
    void refusesToAttestNothing() {
        assertThatThrownBy(() -> attest(AttestationRequest.of(image.ref())))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("Nothing is to be attested of " + image.ref()
                        + ". Give an SBOM, a scan, provenance or another predicate, or sign the image.");
    }

    @Test
    void tellsWhatIsWhere() throws Exception {
        AttestedImage attested = attest(AttestationRequest.of(image.ref(image.arm64()), REVIEWED));

        String place = attested.attestations().get(0).place();
        assertThat(Json.write(attested.toJson()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(
                        "{\"reference\":\"a.example/acme/app@" + image.arm64().digest() + "\",\"digest\":\""
                                + image.arm64().digest()
                                + "\",\"signer\":\"" + signer.name() + "\",\"attestations\":[{\"subject\":\""
                                + image.arm64().digest()
                                + "\",\"predicateType\":\"https://example.com/review/v1\",\"place\":\"" + place
                                + "\",\"changed\":true}]}");
        assertThat(log)
                .containsExactly("Put https://example.com/review/v1 beside a.example/acme/app@"
                        + image.arm64().digest() + ": " + place);
        Descriptor listed = image.registry()
                .referrers(image.repository(), image.arm64().digest(), "")
                .get(0);
        assertThat(listed.artifactType()).isEqualTo("application/vnd.dev.sigstore.bundle.v0.3+json");
        assertThat(listed.annotations())
                .containsEntry("dev.sigstore.bundle.content", "dsse-envelope")
                .containsEntry("dev.sigstore.bundle.predicateType", REVIEW)
                .containsKey("org.opencontainers.image.created");
    }

    @Test
    void readsTheFormsOfStorage() {
        assertThat(StorageForm.parse("both")).isEqualTo(StorageForm.BOTH);
        assertThatThrownBy(() -> StorageForm.parse("tar"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'tar' is no form in which evidence is stored. Write bundle, legacy or both.");
    }

    private AttestedImage attest(AttestationRequest request) throws InterruptedException {
        return new Attestations(image.registry(), log::add).attest(request, signer);
    }

    private List<Accepted> accepted(ImageRef of) throws InterruptedException {
        return image.accepted(of, new KeyVerifier(key.publicKey()));
    }

    private List<String> types(ImageRef of) throws InterruptedException {
        return accepted(of).stream().map(one -> one.statement().predicateType()).toList();
    }
}
