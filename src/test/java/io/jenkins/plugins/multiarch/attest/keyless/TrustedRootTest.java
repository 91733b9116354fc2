package io.jenkins.plugins.multiarch.attest.keyless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TrustedRootTest {
    private static final String CURE =
            " Give the trusted_root.json of the Sigstore instance, as its operator publishes it.";

    @Test
    void readsTheOneOfThePublicInstance() throws IOException {
        TrustedRoot root = Samples.trustedRoot();

        assertThat(root.logs())
                .extracting(log -> log.host() + " " + log.key().algorithm())
                .containsExactly("rekor.sigstore.dev ECDSA P-256", "log2025-1.rekor.sigstore.dev Ed25519");
        assertThat(root.certificateAuthorities())
                .extracting(authority -> authority.chain().size())
                .containsExactly(1, 2);
        assertThat(root.certificateLogs().get(0).validFor())
                .isEqualTo(new ValidFor(
                        Instant.parse("2021-03-14T00:00:00Z"), Optional.of(Instant.parse("2022-10-31T23:59:59.999Z"))));
        assertThat(root.timestampAuthorities())
                .extracting(CertificateAuthority::uri)
                .containsExactly("https://timestamp.sigstore.dev/api/v1/timestamp");
    }

    @Test
    void passesOverALogWhoseKeyIsOfTheFuture() throws IOException {
        ObjectNode json = json();
        ((ObjectNode) json.at("/tlogs/1/publicKey")).put("keyDetails", "ML_DSA_65");

        assertThat(TrustedRoot.parse(Json.write(json)).logs()).hasSize(1);
    }

    /** Or it would ask for no log at all. */
    @Test
    void refusesARootWithoutALogThatWeKnow() throws IOException {
        assertRefused(
                json -> json.path("tlogs").forEach(TrustedRootTest::makeUnknown),
                "The trusted root cannot be used: none of its 'tlogs' has a key of a kind that we know." + CURE);
        assertRefused(
                json -> json.path("ctlogs").forEach(TrustedRootTest::makeUnknown),
                "The trusted root cannot be used: none of its 'ctlogs' has a key of a kind that we know." + CURE);
    }

    private static void makeUnknown(JsonNode log) {
        ((ObjectNode) log.path("publicKey")).put("keyDetails", "ML_DSA_65");
    }

    @Test
    void passesOverALogWhoseKeyIsOfAKindThatDoesNotSignHere() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        byte[] spki = generator.generateKeyPair().getPublic().getEncoded();
        ObjectNode json = json();
        ((ObjectNode) json.at("/tlogs/1/publicKey"))
                .put("keyDetails", "PKIX_RSA_PKCS1V5")
                .put("rawBytes", spki);

        assertThat(TrustedRoot.parse(Json.write(json)).logs()).hasSize(1);
    }

    @Test
    void saysWhatIsWrongWithIt() throws IOException {
        assertRefused(
                json -> json.put("mediaType", "application/json"),
                "The trusted root cannot be used: its media type is 'application/json'." + CURE);
        assertRefused(
                json -> ((ObjectNode) json.at("/tlogs/0/publicKey")).put("rawBytes", "*"),
                "The trusted root cannot be used: its 'rawBytes' is not Base64." + CURE);
        assertRefused(
                json -> ((ObjectNode) json.at("/tlogs/0/publicKey")).put("rawBytes", "MAA="),
                "The trusted root cannot be used: its DER cannot be read: a part is missing." + CURE);
        assertRefused(
                json -> ((ObjectNode) json.at("/tlogs/0/publicKey/validFor")).remove("start"),
                "The trusted root cannot be used: one of its logs does not say since when it is valid." + CURE);
        assertRefused(
                json -> ((ObjectNode) json.at("/tlogs/0")).put("hashAlgorithm", "SHA2_512"),
                "The trusted root cannot be used: one of its logs hashes with something else than SHA2_256." + CURE);
        assertRefused(
                json -> ((ObjectNode) json.at("/certificateAuthorities/0/certChain")).remove("certificates"),
                "The trusted root cannot be used: one of its authorities has no certificate." + CURE);
        assertRefused(
                json -> ((ObjectNode) json.at("/certificateAuthorities/0/validFor")).put("start", "soon"),
                "The trusted root cannot be used: its 'start' is not a time: 'soon'." + CURE);
    }

    @Test
    void refusesWhatIsFarTooLong() {
        assertThatThrownBy(() -> TrustedRoot.parse(new byte[TrustedRoot.MAX_SIZE + 1]))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The trusted root cannot be used: it is longer than 4194304 bytes." + CURE);
    }

    private static void assertRefused(Consumer<ObjectNode> change, String message) throws IOException {
        ObjectNode json = json();
        change.accept(json);

        assertThatThrownBy(() -> TrustedRoot.parse(Json.write(json)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(message);
    }

    private static ObjectNode json() throws IOException {
        return Json.read(Samples.read("trusted_root.json"), "The trusted root");
    }
}
