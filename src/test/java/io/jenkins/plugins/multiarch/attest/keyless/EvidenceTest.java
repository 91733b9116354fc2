package io.jenkins.plugins.multiarch.attest.keyless;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.attest.Envelope;
import io.jenkins.plugins.multiarch.attest.InclusionProof;
import io.jenkins.plugins.multiarch.attest.LogEntry;
import io.jenkins.plugins.multiarch.attest.Verification.Refused;
import io.jenkins.plugins.multiarch.attest.VerificationMaterial;
import io.jenkins.plugins.multiarch.attest.VerificationMaterial.Certificates;
import io.jenkins.plugins.multiarch.attest.VerificationMaterial.KeyHint;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.keys.X509;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is good in itself, and does not belong to the trusted root or to the rest of the bundle. */
class EvidenceTest {
    private FakeSigstore sigstore;
    private FakeSigstore other;
    private KeylessSigner signer;
    private Bundle bundle;

    @BeforeEach
    void signs() throws Exception {
        sigstore = new FakeSigstore();
        other = new FakeSigstore();
        signer = signer(sigstore.services());
        bundle = attest("{}");
    }

    @AfterEach
    void stopsSigstore() {
        sigstore.close();
        other.close();
    }

    @Test
    void refusesACertificateThatNoTrustedLogPromisedToHold() throws Exception {
        assertThat(refusal(rootWithOther("ctlogs"), bundle))
                .isEqualTo("no certificate log that is trusted promised to hold its certificate");
    }

    @Test
    void refusesACertificateOfAnotherAuthority() throws Exception {
        assertThat(refusal(rootWithOther("certificateAuthorities"), bundle))
                .isEqualTo("its certificate was not valid at " + signedAt() + " under this authority");
    }

    /** Whoever makes a certificate for himself chooses what the rules are asked about. */
    @Test
    void asksForTheIdentityLast() throws Exception {
        CertificateIdentity other =
                CertificateIdentity.of("https://jenkins.example.com/job/evil/", "", FakeSigstore.ISSUER, "");
        KeylessVerifier verifier =
                new KeylessVerifier(TrustedRoot.parse(rootWithOther("certificateAuthorities")), other);

        assertThat(verifier.verify(bundle))
                .isEqualTo(new Refused("its certificate was not valid at " + signedAt() + " under this authority"));
    }

    @Test
    void takesAnEntryOfTheKindIntoto() throws Exception {
        Envelope envelope = (Envelope) bundle.content();

        assertThat(refusal(sigstore.trustedRoot(), with(List.of(intoto(envelope.payload())))))
                .isEmpty();
        assertThat(refusal(sigstore.trustedRoot(), with(List.of(intoto(new byte[1])))))
                .isEqualTo("the log's entry is about another content");
    }

    /** As Rekor wrote down envelopes before it had the kind {@code dsse} (rekor, {@code intoto_v0.0.2_schema.json}). */
    private LogEntry intoto(byte[] payload) throws Exception {
        byte[] leaf = ((Certificates) bundle.material()).leaf();
        String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(leaf)
                + "\n-----END CERTIFICATE-----\n";
        byte[] signature = ((Envelope) bundle.content()).signatures().get(0).signature();
        ObjectNode json = Json.object().put("apiVersion", "0.0.2").put("kind", "intoto");
        ObjectNode content = json.putObject("spec").putObject("content");
        content.putObject("envelope")
                .put("payloadType", "text/plain")
                .putArray("signatures")
                .addObject()
                .put("publicKey", base64(pem.getBytes(StandardCharsets.US_ASCII)))
                .put("sig", base64(base64(signature).getBytes(StandardCharsets.US_ASCII)));
        content.putObject("payloadHash")
                .put("algorithm", "sha256")
                .put("value", Digest.sha256(payload).hex());
        byte[] body = Json.write(json);
        FakeLog log = sigstore.rekor1;
        int index = log.add(body);
        long time = sigstore.now.getEpochSecond();
        String promise = "{\"body\":\"" + base64(body) + "\",\"integratedTime\":" + time + ",\"logID\":\""
                + HexFormat.of().formatHex(log.id()) + "\",\"logIndex\":" + index + "}";
        return new LogEntry(
                index,
                log.id(),
                "intoto",
                "0.0.2",
                time,
                log.sign(promise.getBytes(StandardCharsets.UTF_8)),
                Optional.of(new InclusionProof(index, log.root(), log.size(), log.proof(index), log.checkpoint())),
                body);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void refusesATimestampOfAnotherAuthority() throws Exception {
        assertThat(refusal(rootWithOther("timestampAuthorities"), bundle))
                .isEqualTo("the timestamp is by no authority of the trusted root");
    }

    @Test
    void refusesAnEntryOfAnotherLog() throws Exception {
        assertThat(refusal(rootWithOther("tlogs"), bundle))
                .isEqualTo("it is in no transparency log of the trusted root");
    }

    @Test
    void refusesALogAndAnAuthorityOutOfTheirTime() throws Exception {
        String before = sigstore.now.minus(Duration.ofHours(1)).toString();
        ObjectNode logs = Json.read(sigstore.trustedRoot(), "The root");
        ((ObjectNode) logs.at("/tlogs/0/publicKey/validFor")).put("end", before);
        ObjectNode authorities = Json.read(sigstore.trustedRoot(), "The root");
        ((ObjectNode) authorities.at("/certificateAuthorities/0/validFor")).put("end", before);

        assertThat(refusal(Json.write(logs), bundle)).isEqualTo("the log was not trusted at " + signedAt());
        assertThat(refusal(Json.write(authorities), bundle))
                .isEqualTo("the authority of its certificate was not trusted at " + signedAt());
    }

    @Test
    void refusesTheLogEntryOfAnotherSignature() throws Exception {
        assertThat(refusal(sigstore.trustedRoot(), with(attest("{\"a\":1}").logEntries())))
                .isEqualTo("the log's entry is about another signature");
    }

    @Test
    void refusesMoreThanAnHonestBundleHas() throws Exception {
        assertThat(refusal(
                        sigstore.trustedRoot(),
                        with(Collections.nCopies(33, bundle.logEntries().get(0)))))
                .isEqualTo("it has more than 32 log entries or timestamps");
    }

    @Test
    void wantsATimestampWhereALogSaysNoTime() throws Exception {
        signer = signer(sigstore.servicesOfRekor2());
        Bundle untimed = attest("{}");
        untimed = new Bundle(untimed.content(), untimed.material(), untimed.logEntries(), List.of());

        assertThat(refusal(sigstore.trustedRoot(), untimed)).isEqualTo("nobody who is trusted says when it was signed");
    }

    @Test
    void refusesAKeyAndARootThatComesAlong() throws Exception {
        byte[] root = X509.encoded(sigstore.authority.root());
        byte[] leaf = ((Certificates) bundle.material()).leaf();

        assertThat(refusal(sigstore.trustedRoot(), with(new KeyHint(""))))
                .isEqualTo("it was signed with a key, not with a certificate");
        assertThat(refusal(sigstore.trustedRoot(), with(new Certificates(List.of(leaf, root)))))
                .isEqualTo("it brings along a root certificate of its own");
    }

    @Test
    void refusesACertificateWithAKeyOfAKindThatDoesNotSignHere() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        byte[] leaf = X509.encoded(sigstore.authority.signing(
                generator.generateKeyPair().getPublic(),
                FakeAuthority.uri(FakeSigstore.SUBJECT),
                List.of(FakeAuthority.tokenIssuer(FakeSigstore.ISSUER)),
                sigstore.now,
                sigstore.now.plusSeconds(60),
                sigstore.certificateLog));

        assertThat(refusal(sigstore.trustedRoot(), with(new Certificates(List.of(leaf)))))
                .isEqualTo("its certificate has a key that cannot be used");
    }

    @Test
    void refusesACertificateAndATimestampWhoseDerIsBroken() throws Exception {
        byte[] broken = {0x30, 0x05};
        Bundle untimed = new Bundle(bundle.content(), bundle.material(), bundle.logEntries(), List.of(broken));

        assertThat(refusal(sigstore.trustedRoot(), with(new Certificates(List.of(broken)))))
                .isEqualTo("its DER cannot be read: it is cut off");
        assertThat(refusal(sigstore.trustedRoot(), untimed)).isEqualTo("its DER cannot be read: it is cut off");
    }

    private Instant signedAt() {
        return sigstore.now.truncatedTo(ChronoUnit.SECONDS);
    }

    private byte[] rootWithOther(String list) throws Exception {
        ObjectNode root = Json.read(sigstore.trustedRoot(), "The root");
        root.set(list, Json.read(other.trustedRoot(), "The root").path(list));
        return Json.write(root);
    }

    private Bundle with(List<LogEntry> entries) {
        return new Bundle(bundle.content(), bundle.material(), entries, bundle.timestamps());
    }

    private Bundle with(VerificationMaterial material) {
        return new Bundle(bundle.content(), material, bundle.logEntries(), bundle.timestamps());
    }

    private Bundle attest(String payload) throws Exception {
        return signer.attest("text/plain", payload.getBytes(StandardCharsets.UTF_8));
    }

    private KeylessSigner signer(SigningServices services) throws Exception {
        return new KeylessSigner(
                IdentityToken.parse(FakeSigstore.token()),
                services,
                TrustedRoot.parse(sigstore.trustedRoot()),
                HttpClient.newBuilder(),
                line -> {});
    }

    private static String refusal(byte[] root, Bundle bundle) {
        KeylessVerifier verifier = new KeylessVerifier(
                TrustedRoot.parse(root), CertificateIdentity.of(FakeSigstore.SUBJECT, "", FakeSigstore.ISSUER, ""));
        return verifier.verify(bundle) instanceof Refused refused ? refused.reason() : "";
    }
}
