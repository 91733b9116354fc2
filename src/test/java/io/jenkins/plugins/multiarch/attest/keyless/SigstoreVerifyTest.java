package io.jenkins.plugins.multiarch.attest.keyless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.attest.KeySigner;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.attest.Subject;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.keys.PrivateKeys;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code @sigstore/verify} says of our bundles, with which npm verifies packages. */
class SigstoreVerifyTest {
    private static final Statement STATEMENT = Statement.of(
            List.of(new Subject("app.tar", Digest.sha256(new byte[0]))),
            "https://example.com/review/v1",
            Json.object().put("by", "ada"));

    @TempDir
    Path folder;

    @BeforeEach
    void wantsTheTools() {
        RealTools.require("node", "sigstore-verify");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p256", "p384", "ed25519", "rsa"})
    void takesAStatementThatAKeySigned(String key) throws Exception {
        byte[] bundle = signer(key).attest(STATEMENT).toBytes();

        assertThat(asked(bundle, "key", file("release.pub", SampleKeys.file(key + ".pub"))))
                .isEqualTo("key");
    }

    private static Signer signer(String key) {
        String file = key.equals("p384") ? "p384-sec1.pem" : key + ".pem";
        return new KeySigner(PrivateKeys.read(SampleKeys.file(file), SampleKeys.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dsseEnvelope/payload", "/dsseEnvelope/signatures/0/sig"})
    void refusesOneWithAChangedByte(String path) throws Exception {
        byte[] bundle = changed(signer("p256").attest(STATEMENT).toBytes(), path);
        String key = file("release.pub", SampleKeys.file("p256.pub"));

        assertThatThrownBy(() -> asked(bundle, "key", key)).hasMessageContaining("SIGNATURE_ERROR");
    }

    @Test
    void refusesAnothersKey() throws Exception {
        byte[] bundle = signer("p256").attest(STATEMENT).toBytes();
        String other = file("other.pub", SampleKeys.file("cosign.pub"));

        assertThatThrownBy(() -> asked(bundle, "key", other)).hasMessageContaining("SIGNATURE_ERROR");
    }

    @Test
    void takesAStatementWithoutAKeyAndRefusesItWithAChangedByte() throws Exception {
        try (FakeSigstore sigstore = new FakeSigstore()) {
            byte[] bundle = new KeylessSigner(
                            IdentityToken.parse(FakeSigstore.token()),
                            sigstore.services(),
                            TrustedRoot.parse(sigstore.trustedRoot()),
                            HttpClient.newBuilder(),
                            line -> {})
                    .attest(STATEMENT)
                    .toBytes();
            String root = file("trusted_root.json", sigstore.trustedRoot());

            assertThat(asked(bundle, "identity", root, FakeSigstore.SUBJECT)).isEqualTo(FakeSigstore.SUBJECT);

            assertThatThrownBy(() -> asked(bundle, "identity", root, "https://jenkins.example.com/job/other/"))
                    .hasMessageContaining("UNTRUSTED_SIGNER_ERROR");
            for (String path : List.of(
                    "/dsseEnvelope/payload",
                    "/dsseEnvelope/signatures/0/sig",
                    "/verificationMaterial/certificate/rawBytes",
                    "/verificationMaterial/tlogEntries/0/canonicalizedBody",
                    "/verificationMaterial/tlogEntries/0/inclusionPromise/signedEntryTimestamp",
                    "/verificationMaterial/timestampVerificationData/rfc3161Timestamps/0/signedTimestamp")) {
                assertThatThrownBy(() -> asked(changed(bundle, path), "identity", root, FakeSigstore.SUBJECT))
                        .as(path)
                        .hasMessageContaining("_ERROR: ");
            }
        }
    }

    private static byte[] changed(byte[] bundle, String path) {
        ObjectNode json = Json.read(bundle, "The bundle");
        int slash = path.lastIndexOf('/');
        byte[] bytes = Base64.getDecoder().decode(json.at(path).asText());
        bytes[bytes.length - 3] ^= 1;
        ((ObjectNode) json.at(path.substring(0, slash)))
                .put(path.substring(slash + 1), Base64.getEncoder().encodeToString(bytes));
        return Json.write(json);
    }

    private String asked(byte[] bundle, String... trust) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "NODE_PATH=" + RealTools.command("sigstore-verify"),
                RealTools.command("node"),
                file("sigstore-verify.js", script()),
                file("bundle.sigstore.json", bundle)));
        command.addAll(List.of(trust));
        return RealTools.run(command.toArray(String[]::new)).strip();
    }

    private static byte[] script() throws Exception {
        try (var in = SigstoreVerifyTest.class.getResourceAsStream("sigstore-verify.js")) {
            return in.readAllBytes();
        }
    }

    private String file(String name, byte[] content) throws Exception {
        return Files.write(folder.resolve(name), content).toString();
    }
}
