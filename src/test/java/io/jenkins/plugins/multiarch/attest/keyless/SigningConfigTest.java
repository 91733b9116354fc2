package io.jenkins.plugins.multiarch.attest.keyless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SigningConfigTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String CURE =
            " Give the signing_config.v0.2.json of the Sigstore instance, or the addresses themselves.";
    private static final String CONFIG = """
            {"mediaType": "application/vnd.dev.sigstore.signingconfig.v0.2+json",
             "caUrls": [
              {"url": "https://old.example.com", "majorApiVersion": 1, "operator": "a",
               "validFor": {"start": "2022-01-01T00:00:00Z", "end": "2026-01-01T00:00:00Z"}},
              {"url": "https://fulcio.example.com/", "majorApiVersion": 1, "operator": "a",
               "validFor": {"start": "2024-01-01T00:00:00Z"}},
              {"url": "https://new.example.com", "majorApiVersion": 9, "operator": "a",
               "validFor": {"start": "2024-01-01T00:00:00Z"}}],
             "rekorTlogUrls": [
              {"url": "https://rekor.example.com", "majorApiVersion": 1, "operator": "a",
               "validFor": {"start": "2022-01-01T00:00:00Z"}},
              {"url": "https://log2025.example.com", "majorApiVersion": 2, "operator": "a",
               "validFor": {"start": "2025-01-01T00:00:00Z"}},
              {"url": "https://log2026.example.com", "majorApiVersion": 2, "operator": "a",
               "validFor": {"start": "2026-01-01T00:00:00Z"}},
              {"url": "https://log.example.org", "majorApiVersion": 2, "operator": "b",
               "validFor": {"start": "2025-01-01T00:00:00Z"}}],
             "rekorTlogConfig": {"selector": "LOGS"},
             "tsaUrls": [
              {"url": "https://tsa.example.com/api/v1/timestamp", "majorApiVersion": 1, "operator": "a",
               "validFor": {"start": "2025-01-01T00:00:00Z"}}],
             "tsaConfig": {"selector": "ANY"}}
            """;

    @Test
    void choosesTheNewestServiceOfTheLatestVersion() {
        assertThat(parse(CONFIG.replace("LOGS", "ANY")).at(NOW))
                .isEqualTo(new SigningServices(
                        SigningServices.address("https://fulcio.example.com"),
                        java.util.List.of(log("https://log2026.example.com")),
                        java.util.List.of(SigningServices.address("https://tsa.example.com/api/v1/timestamp"))));
    }

    @Test
    void choosesOneOfEachOperatorWhereAllAreAskedFor() {
        assertThat(parse(CONFIG.replace("LOGS", "ALL")).at(NOW).logs())
                .containsExactly(log("https://log2026.example.com"), log("https://log.example.org"));
    }

    @Test
    void choosesAsManyAsAreAskedFor() {
        assertThat(parse(CONFIG.replace("\"LOGS\"", "\"EXACT\", \"count\": 2"))
                        .at(NOW)
                        .logs())
                .hasSize(2);
        assertRefused(
                () -> parse(CONFIG.replace("\"LOGS\"", "\"EXACT\", \"count\": 3"))
                        .at(NOW),
                "The signing config cannot be used: it has too few services for this time that we can speak to.");
    }

    @Test
    void takesTheServicesOfTheTimeThatItIsAskedFor() {
        SigningServices then = parse(CONFIG.replace("LOGS", "ANY").replace("2025-01-01", "2023-01-01"))
                .at(Instant.parse("2023-06-01T00:00:00Z"));

        assertThat(then.certificateAuthority()).hasToString("https://old.example.com");
        assertThat(then.logs()).containsExactly(log("https://log2025.example.com"));
    }

    @Test
    void saysWhatIsWrongWithIt() {
        assertRefused(
                () -> parse(CONFIG.replace("v0.2", "v0.3")),
                "The signing config cannot be used: its media type is"
                        + " 'application/vnd.dev.sigstore.signingconfig.v0.3+json'.");
        assertRefused(() -> parse(CONFIG), "The signing config cannot be used: it has an unknown selector.");
        assertRefused(
                () -> parse(CONFIG.replace("LOGS", "ANY").replace("caUrls", "x"))
                        .at(NOW),
                "The signing config cannot be used:"
                        + " it has no certificate authority for this time that we can speak to.");
        assertRefused(
                () -> SigningConfig.parse(new byte[(1 << 20) + 1]),
                "The signing config cannot be used: it is longer than 1048576 bytes.");
    }

    @Test
    void wantsAddressesThatATokenMayBeSentTo() {
        for (String address :
                new String[] {"http://fulcio.example.com", "fulcio.example.com", "ftp://x.example", "a b"}) {
            assertThatThrownBy(() -> SigningServices.of(address, "", ""))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessage("'" + address + "' is not an https address of a signing service."
                            + " Write one, as in https://fulcio.example.com.");
        }
        assertThat(SigningServices.of("http://localhost:5555", "https://rekor.example.com/", "")
                        .logs())
                .containsExactly(new SigningServices.Log(SigningServices.address("https://rekor.example.com"), 1));
    }

    private static SigningServices.Log log(String address) {
        return new SigningServices.Log(SigningServices.address(address), 2);
    }

    private static SigningConfig parse(String json) {
        return SigningConfig.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ReleaseException.class).hasMessage(message + CURE);
    }
}
