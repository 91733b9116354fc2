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

    private static final List<Change> CHANGES = List.of(
            new Change(
                    "/dsseEnvelope/payload",
                    "could not verify envelope: accepted signatures do not match threshold",
                    "DSSE signature was not valid"),
            new Change(
                    "/dsseEnvelope/signatures/0/sig",
                    "transparency log signature does not match",
                    "DSSE signature was not valid"),
            new Change(
                    "/verificationMaterial/certificate/rawBytes",
                    "transparency log certificate does not match",
                    "Certificate was not verifiable against CAs"),
            new Change(
                    "/verificationMaterial/tlogEntries/0/canonicalizedBody",
                    "validation error",
                    "Could not extract body from log entry"),
            new Change(
                    "/verificationMaterial/tlogEntries/0/inclusionPromise/signedEntryTimestamp",
                    "not enough verified log entries from transparency log: 0 < 1",
                    "Entry SET was not valid"),
            new Change(
                    "/verificationMaterial/tlogEntries/0/inclusionProof/rootHash",
                    "failed to verify log inclusion: calculated root",
                    "Inclusion proof verification failed"),
            new Change(
                    "/verificationMaterial/timestampVerificationData/rfc3161Timestamps/0/signedTimestamp",
                    "threshold not met for verified signed timestamps: 0 < 1",
                    "Failed to validate TimeStampToken"));

    /**
     * A byte of a bundle that is changed.
     *
     * @param cosign what cosign says then
     * @param sigstoreJava what sigstore-java says then
     */
    private record Change(String path, String cosign, String sigstoreJava) {

        byte[] of(byte[] bundle) {
            ObjectNode json = Json.read(bundle, "The bundle");
            int slash = path.lastIndexOf('/');
            byte[] bytes = Base64.getDecoder().decode(json.at(path).asText());
            bytes[bytes.length - 3] ^= 1;
            ((ObjectNode) json.at(path.substring(0, slash)))
                    .put(path.substring(slash + 1), Base64.getEncoder().encodeToString(bytes));
            return Json.write(json);
        }
    }

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
        assertThatThrownBy(() -> askSigstoreJava(bundle, new byte[1]))
                .isInstanceOf(KeylessVerificationException.class)
                .hasMessageStartingWith("Provided artifact digest does not match digest used for verification");
    }

    @Test
    void sigstoreJavaAcceptsAStatementAndRefusesAChangedOne() throws Exception {
        byte[] bundle = signer.attest(statement()).toBytes();

        assertThatCode(() -> askSigstoreJava(bundle, CONTENT)).doesNotThrowAnyException();
        assertThatThrownBy(() -> askSigstoreJava(bundle, new byte[1]))
                .isInstanceOf(KeylessVerificationException.class)
                .hasMessageStartingWith(
                        "Provided artifact digest does not match any subject sha256 digests in DSSE payload");
        for (Change change : CHANGES) {
            assertThatThrownBy(() -> askSigstoreJava(change.of(bundle), CONTENT))
                    .as(change.path())
                    .isInstanceOf(KeylessVerificationException.class)
                    .hasStackTraceContaining(change.sigstoreJava());
        }
    }

    @Test
    void cosignAcceptsAFileAndRefusesAChangedOne() throws Exception {
        Path bundle = write(signer.sign(Blob.of("text/plain", CONTENT)).toBytes());

        askCosign("verify-blob", bundle);

        Files.write(file, new byte[1]);
        assertThatThrownBy(() -> askCosign("verify-blob", bundle))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("could not verify message: invalid signature");
    }

    @Test
    void cosignAcceptsAStatementAndRefusesAChangedOne() throws Exception {
        byte[] bundle = signer.attest(statement()).toBytes();

        askCosign("verify-blob-attestation", write(bundle));

        for (Change change : CHANGES) {
            assertThatThrownBy(() -> askCosign("verify-blob-attestation", write(change.of(bundle))))
                    .as(change.path())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(change.cosign());
        }
    }

    @Test
    void cosignRefusesAStatementAboutAnotherFile() throws Exception {
        Path bundle = write(signer.attest(statement()).toBytes());
        askCosign("verify-blob-attestation", bundle);
        Files.write(file, new byte[1]);

        assertThatThrownBy(() -> askCosign("verify-blob-attestation", bundle))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("provided artifact digest does not match any digest in statement");
    }

    @Test
    void weRefuseWhateverByteOfAStatementChanges() throws Exception {
        byte[] bundle = signer.attest(statement()).toBytes();
        KeylessVerifier verifier = new KeylessVerifier(
                TrustedRoot.parse(sigstore.trustedRoot()),
                CertificateIdentity.of(FakeSigstore.SUBJECT, "", FakeSigstore.ISSUER, ""));

        for (Change change : CHANGES) {
            assertThat(verifier.verify(Bundle.parse(change.of(bundle))))
                    .as(change.path())
                    .isInstanceOf(io.jenkins.plugins.multiarch.attest.Verification.Refused.class);
        }
    }

    private static Statement statement() {
        return Statement.of(
                List.of(new Subject("released.txt", Digest.sha256(CONTENT))),
                "https://example.com/predicate",
                Json.object().put("good", true));
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
