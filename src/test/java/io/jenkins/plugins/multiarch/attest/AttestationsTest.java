package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.attest.Finding.Accepted;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.keys.SigningKey;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttestationsTest {
    private static final String REVIEW = "https://example.com/review/v1";
    private static final Predicate REVIEWED = new Predicate(REVIEW, utf8("{\"by\":\"Zoë\"}"));
    private static final Platform ARM64 = Platform.parse("linux/arm64");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Repository app = Repository.parse("a.example/acme/app");
    private final List<String> log = new ArrayList<>();
    private final SigningKey key = SampleKeys.p256();
    private final Signer signer = new KeySigner(key);
    private ImageManifest amd64;
    private ImageManifest arm64;
    private ImageIndex index;
    private ImageRef image;

    @BeforeEach
    void pushAnImage() throws Exception {
        SampleImages images = new SampleImages(registry, app);
        amd64 = images.image("linux/amd64", "a");
        arm64 = images.image("linux/arm64", "b");
        index = images.index(List.of(
                amd64.descriptor().withPlatform(Platform.parse("linux/amd64")),
                arm64.descriptor().withPlatform(ARM64)));
        images.tag("1.0", index);
        image = ImageRef.of(app, index.digest());
    }

    /** The defect of a system that attested the images of its index and not the index that users verify. */
    @ParameterizedTest
    @EnumSource(StorageForm.class)
    void leavesNoDigestWithoutEvidenceThatSomebodyCanPull(StorageForm form) throws Exception {
        attest(AttestationRequest.of(ImageRef.parse(app + ":1.0"), REVIEWED).with(form));

        for (Digest digest : List.of(index.digest(), amd64.digest(), arm64.digest())) {
            assertThat(types(ImageRef.of(app, digest))).contains(REVIEW);
        }
    }

    @Test
    void saysWhichImagesTheIndexHas() throws Exception {
        attest(AttestationRequest.of(image, REVIEWED));

        JsonNode listing = accepted(image).stream()
                .map(Accepted::statement)
                .filter(statement -> statement.predicateType().equals(PredicateTypes.INDEX))
                .findFirst()
                .orElseThrow()
                .predicateJson();
        assertThat(listing.path("manifests").findValuesAsText("digest"))
                .containsExactly(amd64.digest().toString(), arm64.digest().toString());
        assertThat(listing.path("manifests").findValuesAsText("platform"))
                .containsExactly("linux/amd64", "linux/arm64");
    }

    @Test
    void attestsASingleImageWithoutAListing() throws Exception {
        AttestedImage attested = attest(AttestationRequest.of(ImageRef.of(app, arm64.digest()), REVIEWED));

        assertThat(attested.attestations()).hasSize(1);
        assertThat(types(ImageRef.of(app, arm64.digest()))).containsExactly(REVIEW);
    }

    @Test
    void putsTheClaimOfAPlatformBesideItsImageAlone() throws Exception {
        attest(AttestationRequest.of(image).with(ARM64, REVIEWED));

        assertThat(types(ImageRef.of(app, arm64.digest()))).containsExactly(REVIEW);
        assertThat(types(ImageRef.of(app, amd64.digest()))).isEmpty();
    }

    @Test
    void putsAnSbomBesideTheImageThatItDescribes() throws Exception {
        attest(AttestationRequest.of(image, sbomOf(arm64.digest())));

        assertThat(types(ImageRef.of(app, arm64.digest()))).containsExactly(PredicateTypes.CYCLONEDX);
        assertThat(types(ImageRef.of(app, amd64.digest()))).isEmpty();
    }

    @Test
    void takesTheImageIdInAnSbomForTheImage() throws Exception {
        attest(AttestationRequest.of(image).with(ARM64, sbomOf(arm64.config().digest())));

        assertThat(types(ImageRef.of(app, arm64.digest()))).containsExactly(PredicateTypes.CYCLONEDX);
    }

    @Test
    void refusesTheSbomOfAnotherPlatformBeforeAnythingIsWritten() throws Exception {
        int before = registry.requests().size();

        assertThatThrownBy(() -> attest(AttestationRequest.of(image, REVIEWED).with(ARM64, sbomOf(amd64.digest()))))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith(
                        "The SBOM is about " + amd64.digest() + " and not about " + arm64.digest() + ".");
        assertThat(registry.requests().subList(before, registry.requests().size()))
                .noneMatch(request -> request.startsWith("PUT") || request.startsWith("PUSH"));
    }

    @Test
    void refusesAPlatformThatTheImageLacks() {
        assertThatThrownBy(() -> attest(AttestationRequest.of(image).with(Platform.parse("linux/s390x"), REVIEWED)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(image + " has no image for linux/s390x, of which something is to be attested."
                        + " Name one of its platforms: linux/amd64, linux/arm64.");
    }

    @Test
    void refusesToAttestNothing() {
        assertThatThrownBy(() -> attest(AttestationRequest.of(image)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("Nothing is to be attested of " + image
                        + ". Give an SBOM, a scan, provenance or another predicate, or sign the image.");
    }

    @ParameterizedTest
    @EnumSource(StorageForm.class)
    void changesNothingTheSecondTime(StorageForm form) throws Exception {
        AttestationRequest request =
                AttestationRequest.of(image, REVIEWED).with(form).withSignature();
        AttestedImage first = attest(request);
        int before = registry.requests().size();
        log.clear();

        AttestedImage second = attest(request);

        assertThat(first.changed()).isTrue();
        assertThat(second.changed()).isFalse();
        assertThat(places(second)).isEqualTo(places(first));
        assertThat(log).isEmpty();
        assertThat(registry.requests().subList(before, registry.requests().size()))
                .noneMatch(line -> line.startsWith("PUT") || line.startsWith("PUSH"));
    }

    @Test
    void addsToWhatAnotherKeyAttested() throws Exception {
        attest(AttestationRequest.of(image, REVIEWED).with(StorageForm.BOTH));

        AttestedImage other = new Attestations(registry, log::add)
                .attest(
                        AttestationRequest.of(image, REVIEWED).with(StorageForm.BOTH),
                        new KeySigner(SampleKeys.ed25519()));

        assertThat(other.attestations()).allMatch(StoredAttestation::changed);
        ImageRef child = ImageRef.of(app, arm64.digest());
        assertThat(types(child)).containsExactly(REVIEW, REVIEW);
        assertThat(accepted(child, new KeyVerifier(SampleKeys.trusted("ed25519.pub"))))
                .hasSize(2);
    }

    @Test
    void addsBundlesToWhatCosignsTagsHold() throws Exception {
        attest(AttestationRequest.of(image, REVIEWED).with(StorageForm.LEGACY));

        AttestedImage both = attest(AttestationRequest.of(image, REVIEWED).with(StorageForm.BOTH));

        assertThat(both.attestations())
                .allMatch(one -> one.changed() == one.place().startsWith("sha256:"))
                .hasSize(8);
        for (StoredAttestation one :
                both.attestations().stream().filter(StoredAttestation::changed).toList()) {
            Manifest referrer = registry.get(ImageRef.of(app, Digest.parse(one.place())));
            try (InputStream in =
                    registry.open(app, ((ImageManifest) referrer).layers().get(0))) {
                assertThat(Bundle.parse(in.readAllBytes()).material())
                        .isEqualTo(
                                new VerificationMaterial.KeyHint(key.publicKey().hint()));
            }
        }
    }

    @Test
    void finishesWhatBrokeOff() throws Exception {
        AtomicInteger manifests = new AtomicInteger();
        registry.before(request -> {
            if (request.startsWith("PUT ") && manifests.incrementAndGet() > 1) {
                throw new IllegalStateException("the machine was switched off");
            }
        });
        assertThatThrownBy(() -> attest(AttestationRequest.of(image, REVIEWED)))
                .isInstanceOf(IllegalStateException.class);
        registry.before(request -> {});

        AttestedImage finished = attest(AttestationRequest.of(image, REVIEWED));

        assertThat(finished.attestations()).anyMatch(one -> !one.changed());
        for (Digest digest : List.of(index.digest(), amd64.digest(), arm64.digest())) {
            assertThat(accepted(ImageRef.of(app, digest)).stream()
                            .filter(one -> one.statement().predicateType().equals(REVIEW)))
                    .isNotEmpty();
        }
    }

    @Test
    void tellsWhatIsWhere() throws Exception {
        AttestedImage attested = attest(AttestationRequest.of(ImageRef.of(app, arm64.digest()), REVIEWED));

        String place = attested.attestations().get(0).place();
        assertThat(Json.write(attested.toJson()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"reference\":\"a.example/acme/app@" + arm64.digest() + "\",\"digest\":\"" + arm64.digest()
                        + "\",\"signer\":\"" + signer.name() + "\",\"attestations\":[{\"subject\":\"" + arm64.digest()
                        + "\",\"predicateType\":\"https://example.com/review/v1\",\"place\":\"" + place
                        + "\",\"changed\":true}]}");
        assertThat(log)
                .containsExactly(
                        "Put https://example.com/review/v1 beside a.example/acme/app@" + arm64.digest() + ": " + place);
        Descriptor listed = registry.referrers(app, arm64.digest(), "").get(0);
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

    @Test
    void refusesATagThatIsNoListOfCosigns() throws Exception {
        registry.put(app, new Tag("sha256-" + index.digest().hex() + ".att"), index);

        assertThatThrownBy(() -> attest(AttestationRequest.of(image, REVIEWED).with(StorageForm.LEGACY)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("a.example/acme/app:sha256-" + index.digest().hex()
                        + ".att is an index, where cosign's signatures of an image belong."
                        + " Delete that tag, then try again.");
    }

    private AttestedImage attest(AttestationRequest request) throws InterruptedException {
        return new Attestations(registry, log::add).attest(request, signer);
    }

    private List<Accepted> accepted(ImageRef of, Verifier verifier) throws InterruptedException {
        return new ImageVerification(registry)
                .findings(of, verifier).stream()
                        .filter(Accepted.class::isInstance)
                        .map(Accepted.class::cast)
                        .toList();
    }

    private List<Accepted> accepted(ImageRef of) throws InterruptedException {
        return accepted(of, new KeyVerifier(key.publicKey()));
    }

    private List<String> types(ImageRef of) throws InterruptedException {
        return accepted(of).stream().map(one -> one.statement().predicateType()).toList();
    }

    private static Set<String> places(AttestedImage attested) {
        return attested.attestations().stream()
                .map(one -> one.subject() + " " + one.place())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Predicate sbomOf(Digest digest) {
        return Sbom.parse(utf8("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"metadata\":{\"component\":{"
                + "\"type\":\"container\",\"version\":\"" + digest + "\"}}}"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
