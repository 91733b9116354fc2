package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.attest.VerificationMaterial.Certificates;
import io.jenkins.plugins.multiarch.attest.VerificationMaterial.KeyHint;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever may write to the repository may have put copies of our own bundles there, spoilt so that nobody can use them. */
class ExistingEvidenceTest {
    private static final Predicate REVIEWED =
            new Predicate("https://example.com/review/v1", "{}".getBytes(StandardCharsets.UTF_8));
    private static final KeyHint OWN = new KeyHint(SampleKeys.p256().publicKey().hint());

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Repository app = Repository.parse("a.example/acme/app");
    private final Signer signer = new KeySigner(SampleKeys.p256());
    private ImageManifest image;
    private Bundle good;

    @BeforeEach
    void signAStatement() throws Exception {
        image = new SampleImages(registry, app).image("linux/amd64", "a");
        Subject subject = new Subject(app + "@" + image.digest(), image.digest());
        good = signer.attest(REVIEWED.about(List.of(subject)));
    }

    private record Spoilt(VerificationMaterial material, List<LogEntry> logEntries, List<byte[]> timestamps) {}

    private static List<Spoilt> spoilt() {
        LogEntry entry = new LogEntry(
                1,
                new byte[32],
                "dsse",
                "0.0.1",
                1,
                new byte[] {1},
                Optional.of(new InclusionProof(1, new byte[32], 2, List.of(), "")),
                "{}".getBytes(StandardCharsets.UTF_8));
        return List.of(
                new Spoilt(new KeyHint("another"), List.of(), List.of()),
                new Spoilt(new Certificates(List.of(new byte[] {1})), List.of(), List.of()),
                new Spoilt(OWN, List.of(entry), List.of()),
                new Spoilt(OWN, List.of(), List.of(new byte[] {1})));
    }

    @Test
    void countsWhatTheSignerWrote() throws Exception {
        put(good, Bundle.MEDIA_TYPE);

        assertThat(attest(StorageForm.BUNDLE).changed()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("spoilt")
    void countsNoCopyWithSomethingElseInIt(Spoilt spoilt) throws Exception {
        put(new Bundle(good.content(), spoilt.material(), spoilt.logEntries(), spoilt.timestamps()), Bundle.MEDIA_TYPE);

        assertThat(attest(StorageForm.BUNDLE).changed()).isTrue();
    }

    @Test
    void countsNoCopyThatIsListedAsSomethingElse() throws Exception {
        put(good, MediaTypes.OCI_EMPTY);

        assertThat(attest(StorageForm.BUNDLE).changed()).isTrue();
    }

    @Test
    void countsNoCopyInATagWithAnothersCertificate() throws Exception {
        CosignTags tags = new CosignTags(registry, app, Backoff.DEFAULT);
        byte[] envelope = ((Envelope) good.content()).toBytes();
        String certificate = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";
        tags.add(
                CosignTags.tag(image.digest(), CosignTags.ATTESTATIONS),
                envelope,
                CosignTags.DSSE,
                Map.of("dev.sigstore.cosign/certificate", certificate));

        assertThat(attest(StorageForm.LEGACY).changed()).isTrue();
        assertThat(attest(StorageForm.LEGACY).changed()).isFalse();
    }

    private AttestedImage attest(StorageForm form) throws InterruptedException {
        ImageRef reference = ImageRef.of(app, image.digest());
        return new Attestations(registry, line -> {})
                .attest(AttestationRequest.of(reference, REVIEWED).with(form), signer);
    }

    private void put(Bundle bundle, String artifactType) throws InterruptedException {
        Blob blob = Blob.of(Bundle.MEDIA_TYPE, bundle.toBytes());
        registry.push(app, blob);
        registry.push(app, Blob.of(MediaTypes.OCI_EMPTY, EmptyBlob.bytes()));
        Descriptor subject = Descriptor.of(
                image.descriptor().mediaType(),
                image.digest(),
                image.descriptor().size());
        ImageManifest referrer =
                ImageManifest.artifact(artifactType, List.of(blob.descriptor()), Optional.of(subject), Map.of());
        registry.put(app, referrer.digest(), referrer);
    }
}
