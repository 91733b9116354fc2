package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.attest.Finding.Accepted;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What counts as evidence of an image, and what is said of the rest. */
class EvidenceWeighedTest {
    private PlantedEvidence evidence;

    @BeforeEach
    void pushAnImage() throws Exception {
        evidence = PlantedEvidence.besideAnImage();
    }

    @Test
    void refusesASignedTextThatIsNoSimpleSignature() throws Exception {
        for (String payload : List.of("{\"critical\":\"x\"}", "{\"critical\":{\"type\":\"y\"}}", "{}")) {
            byte[] content = payload.getBytes(StandardCharsets.UTF_8);
            evidence.putSigned(content);

            assertThat(evidence.reasons()).containsExactly("The payload is not the simple signature of an image");
        }
    }

    @Test
    void refusesABundleOfAnotherImage() throws Exception {
        Digest other = Digest.sha256("other".getBytes(StandardCharsets.UTF_8));

        evidence.refer(evidence.bundle(other).toBytes());

        assertThat(evidence.reasons()).containsExactly("it is about something else than " + evidence.digest());
    }

    @Test
    void refusesAnEnvelopeOfAnotherType() throws Exception {
        byte[] statement = PlantedEvidence.statement(evidence.digest()).toBytes();

        evidence.refer(evidence.signer().attest("text/plain", statement).toBytes());

        assertThat(evidence.reasons()).containsExactly("its payload is of the type 'text/plain', no statement");
    }

    @Test
    void refusesASignedPayloadThatIsNoStatement() throws Exception {
        byte[] bundle = evidence.signer()
                .attest(Statement.PAYLOAD_TYPE, EmptyBlob.bytes())
                .toBytes();

        evidence.refer(bundle);

        assertThat(evidence.reasons()).containsExactly("The payload is not an in-toto statement: its _type is ''");
    }

    @Test
    void refusesTheSignatureOfAFile() throws Exception {
        byte[] bundle =
                evidence.signer().sign(Blob.of("text/plain", EmptyBlob.bytes())).toBytes();

        evidence.refer(bundle);

        assertThat(evidence.reasons()).containsExactly("it is the signature of a file");
    }

    @Test
    void readsWhatCosignThreeKeepsInItsOldFormsAsReferrers() throws Exception {
        Envelope envelope = (Envelope) evidence.bundle().content();
        evidence.refer(evidence.image(), "application/vnd.in-toto+json", CosignTags.DSSE, envelope.toBytes());

        assertThat(evidence.findings()).hasOnlyElementsOfType(Accepted.class).hasSize(1);
    }

    @Test
    void takesASimpleSignatureForThisImageAlone() throws Exception {
        Digest other = Digest.sha256("other".getBytes(StandardCharsets.UTF_8));
        for (Digest digest : List.of(evidence.digest(), other)) {
            evidence.putSigned(SimpleSigning.payload(evidence.repository(), digest));

            Finding finding = evidence.findings().get(0);

            assertThat(finding instanceof Accepted).isEqualTo(digest.equals(evidence.digest()));
        }
        assertThat(evidence.reasons()).containsExactly("it is about something else than " + evidence.digest());
    }

    @Test
    void refusesASignatureBesideACertificateThatIsNone() throws Exception {
        byte[] payload = SimpleSigning.payload(evidence.repository(), evidence.digest());
        evidence.putSignature(
                payload,
                Map.of(
                        CosignAnnotations.SIGNATURE,
                        "AAAA",
                        "dev.sigstore.cosign/certificate",
                        "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n"));

        assertThat(evidence.reasons())
                .singleElement()
                .asString()
                .startsWith("it has no signature by the ECDSA P-256 key");
    }

    @Test
    void passesOverWhatIsNoEvidence() throws Exception {
        evidence.samples().referrer(evidence.image(), "a remark");
        evidence.samples().attestation(evidence.image(), true);

        assertThat(evidence.findings()).isEmpty();
    }

    @Test
    void passesOverWhatIsListedAndAboutSomethingElse() throws Exception {
        ImageManifest other = evidence.samples().image("linux/amd64", "other");
        evidence.refer(
                other, Bundle.MEDIA_TYPE, Bundle.MEDIA_TYPE, evidence.bundle().toBytes());
        Descriptor listed = evidence.registry()
                .referrers(evidence.repository(), other.digest(), "")
                .get(0);
        evidence.registry().withoutReferrersApi("a.example");
        evidence.registry().plant(evidence.repository(), ImageIndex.of(List.of(listed), Map.of()));
        evidence.registry()
                .put(
                        evidence.repository(),
                        new Tag("sha256-" + evidence.digest().hex()),
                        ImageIndex.of(List.of(listed), Map.of()));

        assertThat(evidence.findings()).isEmpty();
    }
}
