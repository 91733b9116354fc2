package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.attest.VerificationMaterial.Certificates;
import io.jenkins.plugins.multiarch.attest.VerificationMaterial.KeyHint;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
    private static final EnvelopeSignature SIGNATURE = new EnvelopeSignature("", new byte[] {4, 5});
    private static final Envelope ENVELOPE =
            new Envelope("application/vnd.in-toto+json", utf8("{}"), List.of(SIGNATURE));

    @Test
    void writesASignatureByAKey() {
        Bundle bundle = Bundle.of(ENVELOPE, new KeyHint("aGludA=="));

        assertThat(bundle.toBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\","
                        + "\"verificationMaterial\":{\"publicKey\":{\"hint\":\"aGludA==\"},\"tlogEntries\":[]},"
                        + "\"dsseEnvelope\":{\"payload\":\"e30=\",\"payloadType\":\"application/vnd.in-toto+json\","
                        + "\"signatures\":[{\"sig\":\"BAU=\"}]}}");
    }

    @Test
    void keepsEverythingOfASignatureByACertificate() {
        LogEntry entry = new LogEntry(
                5_000_000_000L,
                new byte[] {1},
                "dsse",
                "0.0.1",
                1_700_000_000L,
                new byte[] {2},
                Optional.of(new InclusionProof(
                        7, new byte[] {3}, 8, List.of(new byte[] {4}, new byte[] {5}), "log\n8\nAw==\n")),
                utf8("{\"kind\":\"dsse\"}"));
        Bundle bundle = new Bundle(
                ENVELOPE, new Certificates(List.of(new byte[] {6})), List.of(entry), List.of(new byte[] {7}));

        byte[] json = bundle.toBytes();

        assertThat(Bundle.parse(json)).usingRecursiveComparison().isEqualTo(bundle);
        assertThat(json)
                .asString(StandardCharsets.UTF_8)
                .contains("\"logIndex\":\"5000000000\"", "\"integratedTime\":\"1700000000\"")
                .contains("\"rfc3161Timestamps\":[{\"signedTimestamp\":\"Bw==\"}]");
    }

    @Test
    void keepsASignatureOfAMessage() {
        Bundle bundle = Bundle.of(new MessageSignature("SHA2_256", new byte[] {1, 2}, new byte[] {3}), new KeyHint(""));

        assertThat(Bundle.parse(bundle.toBytes())).usingRecursiveComparison().isEqualTo(bundle);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.dev.sigstore.bundle+json;version=0.1",
                "application/vnd.dev.sigstore.bundle+json;version=0.2",
                "application/vnd.dev.sigstore.bundle+json;version=0.3"
            })
    void readsOlderVersionsWithTheirChains(String mediaType) {
        ObjectNode json = Json.read(Bundle.of(ENVELOPE, new KeyHint("")).toBytes(), "it");
        json.put("mediaType", mediaType);
        ObjectNode material = json.putObject("verificationMaterial");
        material.withArray("/x509CertificateChain/certificates").addObject().put("rawBytes", "AQ==");
        material.withArray("/x509CertificateChain/certificates").addObject().put("rawBytes", "Ag==");

        Bundle bundle = Bundle.parse(Json.write(json));

        assertThat(bundle.material())
                .usingRecursiveComparison()
                .isEqualTo(new Certificates(List.of(new byte[] {1}, new byte[] {2})));
    }

    @Test
    void refusesAnotherType() {
        assertRefused(
                bundle().put("mediaType", "application/vnd.dev.sigstore.bundle.v0.9+json"),
                "its media type is 'application/vnd.dev.sigstore.bundle.v0.9+json'");
    }

    @Test
    void refusesAnEnvelopeOfSeveralSignatures() {
        Envelope twice = new Envelope("t", utf8("{}"), List.of(SIGNATURE, SIGNATURE));

        assertRefused(bundle().set("dsseEnvelope", twice.toJson()), "its envelope has 2 signatures instead of one");
    }

    @Test
    void refusesWhatHoldsNoSignature() {
        ObjectNode json = bundle();
        json.remove("dsseEnvelope");

        assertRefused(json, "it holds no signature");
    }

    @Test
    void refusesWhatNamesNobody() {
        assertRefused(bundle().set("verificationMaterial", Json.object()), "it names neither a key nor a certificate");
    }

    @Test
    void refusesToReadAHugeOne() {
        assertThatThrownBy(() -> Bundle.parse(new byte[Bundle.MAX_SIZE + 1]))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("This is not a Sigstore bundle we can use: it has more than 23418196 bytes."
                        + " Sign again with a current tool, such as cosign 2.4 or later.");
    }

    private static void assertRefused(com.fasterxml.jackson.databind.JsonNode json, String reason) {
        assertThatThrownBy(() -> Bundle.parse(Json.write(json)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("This is not a Sigstore bundle we can use: " + reason
                        + ". Sign again with a current tool, such as cosign 2.4 or later.");
    }

    private static ObjectNode bundle() {
        return Json.read(Bundle.of(ENVELOPE, new KeyHint("")).toBytes(), "it");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
