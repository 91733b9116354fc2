package io.jenkins.plugins.multiarch.attest.keyless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sigstore.KeylessVerificationException;
import dev.sigstore.TrustedRootProvider;
import dev.sigstore.VerificationOptions;
import dev.sigstore.VerificationOptions.CertificateMatcher;
import dev.sigstore.strings.StringMatcher;
import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.attest.Subject;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others say of our keyless signatures, against the trusted root of an instance of our own. */
class KeylessJudgeTest {
    private static final byte[] CONTENT = "what is released".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private FakeSigstore sigstore;
    private Path trustedRoot;
    private Path file;
    private KeylessSigner signer;

    @BeforeEach
    void startsSigstore() throws Exception {
        sigstore = new FakeSigstore();
        trustedRoot = Files.write(folder.resolve("trusted_root.json"), sigstore.trustedRoot());
        file = Files.write(folder.resolve("released.txt"), CONTENT);
        signer = new KeylessSigner(
                IdentityToken.parse(FakeSigstore.token()),
                sigstore.services(),
                TrustedRoot.parse(sigstore.trustedRoot()),
                HttpClient.newBuilder(),
                line -> {});
    }

    @AfterEach
    void stopsSigstore() {
        sigstore.close();
    }

    @Test
    void sigstoreJavaAcceptsAFileAndRefusesAChangedOne() throws Exception {
        byte[] bundle = signer.sign(Blob.of("text/plain", CONTENT)).toBytes();

        assertThatCode(() -> askSigstoreJava(bundle, CONTENT)).doesNotThrowAnyException();
        assertThatThrownBy(() -> askSigstoreJava(bundle, new byte[1])).isInstanceOf(KeylessVerificationException.class);
    }

    @Test
    void sigstoreJavaAcceptsAStatementAndRefusesAChangedOne() throws Exception {
        byte[] bundle = signer.attest(statement()).toBytes();

        assertThatCode(() -> askSigstoreJava(bundle, CONTENT)).doesNotThrowAnyException();
        for (String path : paths()) {
            assertThatThrownBy(() -> askSigstoreJava(changed(bundle, path), CONTENT))
                    .as(path)
                    .isInstanceOf(Exception.class);
        }
    }

    @Test
    void cosignAcceptsAFileAndRefusesAChangedOne() throws Exception {
        Path bundle = write(signer.sign(Blob.of("text/plain", CONTENT)).toBytes());

        askCosign("verify-blob", bundle);

        Files.write(file, new byte[1]);
        assertThatThrownBy(() -> askCosign("verify-blob", bundle)).isInstanceOf(AssertionError.class);
    }

    @Test
    void cosignAcceptsAStatementAndRefusesAChangedOne() throws Exception {
        byte[] bundle = signer.attest(statement()).toBytes();

        askCosign("verify-blob-attestation", write(bundle));

        for (String path : paths()) {
            assertThatThrownBy(() -> askCosign("verify-blob-attestation", write(changed(bundle, path))))
                    .as(path)
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void weRefuseWhateverByteOfAStatementChanges() throws Exception {
        byte[] bundle = signer.attest(statement()).toBytes();
        KeylessVerifier verifier = new KeylessVerifier(
                TrustedRoot.parse(sigstore.trustedRoot()),
                CertificateIdentity.of(FakeSigstore.SUBJECT, "", FakeSigstore.ISSUER, ""));

        for (String path : paths()) {
            assertThat(verifier.verify(Bundle.parse(changed(bundle, path))))
                    .as(path)
                    .isInstanceOf(io.jenkins.plugins.multiarch.attest.Verification.Refused.class);
        }
    }

    private static Statement statement() {
        return Statement.of(
                List.of(new Subject("released.txt", Digest.sha256(CONTENT))),
                "https://example.com/predicate",
                Json.object().put("good", true));
    }

    /** Where a byte is changed, one after the other. */
    private static List<String> paths() {
        return new ArrayList<>(List.of(
                "/dsseEnvelope/payload",
                "/dsseEnvelope/signatures/0/sig",
                "/verificationMaterial/certificate/rawBytes",
                "/verificationMaterial/tlogEntries/0/canonicalizedBody",
                "/verificationMaterial/tlogEntries/0/inclusionPromise/signedEntryTimestamp",
                "/verificationMaterial/tlogEntries/0/inclusionProof/rootHash",
                "/verificationMaterial/timestampVerificationData/rfc3161Timestamps/0/signedTimestamp"));
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

    private void askSigstoreJava(byte[] bundle, byte[] content) throws Exception {
        VerificationOptions options = VerificationOptions.builder()
                .addCertificateMatchers(CertificateMatcher.fulcio()
                        .subjectAlternativeName(StringMatcher.string(FakeSigstore.SUBJECT))
                        .issuer(StringMatcher.string(FakeSigstore.ISSUER))
                        .build())
                .build();
        dev.sigstore.KeylessVerifier.builder()
                .trustedRootProvider(TrustedRootProvider.from(trustedRoot))
                .build()
                .verify(
                        HexFormat.of().parseHex(Digest.sha256(content).hex()),
                        dev.sigstore.bundle.Bundle.from(new StringReader(new String(bundle, StandardCharsets.UTF_8))),
                        options);
    }

    private Path write(byte[] bundle) throws Exception {
        return Files.write(folder.resolve("released.sigstore.json"), bundle);
    }

    private void askCosign(String verb, Path bundle) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                RealTools.command("cosign"),
                verb,
                "--bundle=" + bundle,
                "--new-bundle-format",
                "--trusted-root=" + trustedRoot,
                "--certificate-identity=" + FakeSigstore.SUBJECT,
                "--certificate-oidc-issuer=" + FakeSigstore.ISSUER,
                "--use-signed-timestamps"));
        if (verb.endsWith("attestation")) {
            command.add("--type=https://example.com/predicate");
        }
        command.add(file.toString());
        RealTools.run(command.toArray(String[]::new));
    }
}
