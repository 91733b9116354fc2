package io.jenkins.plugins.multiarch.attest.keyless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.attest.Envelope;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.attest.Verification;
import io.jenkins.plugins.multiarch.attest.Verification.Verified;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeylessSignerTest {
    private static final byte[] PAYLOAD = "{\"schön\":\"éàü\"}".getBytes(StandardCharsets.UTF_8);
    private static final String FULCIO = "/api/v2/signingCert";
    private static final String REKOR = "/api/v1/log/entries";

    private FakeSigstore sigstore;
    private final List<String> log = new ArrayList<>();
    private Instant time = Instant.now();

    @BeforeEach
    void startsSigstore() throws Exception {
        sigstore = new FakeSigstore();
    }

    @AfterEach
    void stopsSigstore() {
        sigstore.close();
    }

    @Test
    void signsAStatementInTheNameOfTheTokensOwner() throws Exception {
        Bundle bundle = signer(sigstore.services()).attest(Statement.PAYLOAD_TYPE, PAYLOAD);

        assertThat(verifier().verify(Bundle.parse(bundle.toBytes())))
                .isEqualTo(new Verified(
                        "https://jenkins.example.com/job/app/job/main/ (https://jenkins.example.com/oidc)",
                        Optional.of(sigstore.now.truncatedTo(ChronoUnit.SECONDS))));
        assertThat(((Envelope) bundle.content()).payload()).isEqualTo(PAYLOAD);
        assertThat(bundle.timestamps()).hasSize(1);
        assertThat(bundle.logEntries()).extracting(entry -> entry.kind()).containsExactly("dsse");
    }

    @Test
    void signsAFile() throws Exception {
        Blob message = Blob.of("text/plain", PAYLOAD);

        Bundle bundle = Bundle.parse(signer(sigstore.services()).sign(message).toBytes());

        assertThat(verifier().verify(bundle, message)).isInstanceOf(Verified.class);
        assertThat(verifier().verify(bundle, Blob.of("text/plain", new byte[1])))
                .isEqualTo(new Verification.Refused("the signature is not of this file"));
    }

    @Test
    void logsInRekor2() throws Exception {
        Blob message = Blob.of("text/plain", PAYLOAD);
        KeylessSigner signer = signer(sigstore.servicesOfRekor2());

        Bundle statement =
                Bundle.parse(signer.attest(Statement.PAYLOAD_TYPE, PAYLOAD).toBytes());
        Bundle file = Bundle.parse(signer.sign(message).toBytes());

        assertThat(verifier().verify(statement)).isInstanceOf(Verified.class);
        assertThat(verifier().verify(file, message)).isInstanceOf(Verified.class);
        assertThat(file.logEntries()).extracting(entry -> entry.version()).containsExactly("0.0.2");
    }

    @Test
    void takesTheEntryThatTheLogHasAlready() throws Exception {
        sigstore.rekorKnowsAll = true;

        Bundle bundle = signer(sigstore.services()).attest(Statement.PAYLOAD_TYPE, PAYLOAD);

        assertThat(verifier().verify(bundle)).isInstanceOf(Verified.class);
        assertThat(sigstore.asked(REKOR + "/24296fb24b8ad77a")).isEqualTo(1);
    }

    @Test
    void takesATimestampThatNamesItsCertificateAsOfOld() throws Exception {
        sigstore.timestampHash = OIWObjectIdentifiers.idSHA1;

        assertThat(verifier().verify(signer(sigstore.services()).attest(Statement.PAYLOAD_TYPE, PAYLOAD)))
                .isInstanceOf(Verified.class);
    }

    @Test
    void signsForAnInstanceWithoutLogs() throws Exception {
        TrustedRoot root = TrustedRoot.parse(sigstore.trustedRootWithout("tlogs", "ctlogs"));
        IdentityToken token = IdentityToken.parse(FakeSigstore.token());
        SigningServices services = SigningServices.of(sigstore.address(), "", sigstore.address() + "/tsa");
        KeylessSigner signer = new KeylessSigner(token, services, root, HttpClient.newBuilder(), log::add);

        Bundle bundle = signer.attest(Statement.PAYLOAD_TYPE, PAYLOAD);

        assertThat(new KeylessVerifier(root, signed()).verify(bundle)).isInstanceOf(Verified.class);
        assertThat(verifier().verify(bundle))
                .isEqualTo(new Verification.Refused("it is in no transparency log of the trusted root"));
    }

    @Test
    void provesEntriesOfEverySizeOfTree() throws Exception {
        KeylessSigner signer = signer(sigstore.services());

        for (int i = 0; i < 9; i++) {
            assertThat(verifier().verify(signer.attest(Statement.PAYLOAD_TYPE, PAYLOAD)))
                    .isInstanceOf(Verified.class);
        }
    }

    @Test
    void usesACertificateForAllThatIsSignedWhileItLives() throws Exception {
        KeylessSigner signer = signer(sigstore.services());

        signer.attest(Statement.PAYLOAD_TYPE, PAYLOAD);
        signer.sign(Blob.of("text/plain", PAYLOAD));
        time = time.plus(Duration.ofMinutes(8));
        signer.sign(Blob.of("text/plain", PAYLOAD));

        assertThat(sigstore.asked(FULCIO)).isEqualTo(1);
    }

    @Test
    void asksForAnotherCertificateBeforeTheFirstIsOver() throws Exception {
        KeylessSigner signer = signer(sigstore.services());

        signer.attest(Statement.PAYLOAD_TYPE, PAYLOAD);
        time = time.plus(Duration.ofMinutes(10));
        signer.attest(Statement.PAYLOAD_TYPE, PAYLOAD);

        assertThat(sigstore.asked(FULCIO)).isEqualTo(2);
    }

    @Test
    void saysWhatIsInTheLogForEver() throws Exception {
        signer(sigstore.services()).attest(Statement.PAYLOAD_TYPE, PAYLOAD);

        assertThat(log)
                .containsExactly("Logged a signature by https://jenkins.example.com/job/app/job/main/"
                        + " (https://jenkins.example.com/oidc) at " + sigstore.address() + REKOR + " as entry 1000");
    }

    @Test
    void triesAgainWhereAServiceIsOverloaded() throws Exception {
        sigstore.faults.put(FULCIO, Map.entry(503, ""));
        sigstore.faults.put(REKOR, Map.entry(429, ""));
        sigstore.faults.put("/tsa", Map.entry(500, ""));

        assertThat(verifier().verify(signer(sigstore.services()).attest(Statement.PAYLOAD_TYPE, PAYLOAD)))
                .isInstanceOf(Verified.class);
    }

    @Test
    void saysWhyItGotNoCertificateAndHidesTheTokenInIt() {
        String token = FakeSigstore.token();
        sigstore.faults.put(FULCIO, Map.entry(401, "no such token: " + token));

        assertThatThrownBy(() -> signer(sigstore.services()).attest(Statement.PAYLOAD_TYPE, PAYLOAD))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "The signing service at " + sigstore.address() + FULCIO + " answered 401: no such token: ***."
                                + " Check that the token is for this Sigstore instance, has not expired, and is of an issuer that it knows.");
    }

    @Test
    void followsNoRedirect() {
        sigstore.faults.put(FULCIO, Map.entry(307, ""));

        assertThatThrownBy(() -> signer(sigstore.services()).attest(Statement.PAYLOAD_TYPE, PAYLOAD))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The signing service at " + sigstore.address() + FULCIO + " answered 307: ."
                        + " Check the address of the service, and ask whoever runs it.");
    }

    @Test
    void saysThatAServiceIsNotThere() {
        sigstore.close();

        assertThatThrownBy(() -> signer(sigstore.services()).attest(Statement.PAYLOAD_TYPE, PAYLOAD))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("The signing service at " + sigstore.address() + FULCIO + " gave no answer: ")
                .hasMessageEndingWith(". Check the address of the service, and that it can be reached from here.");
    }

    @Test
    void saysWhatIsWrongWithAnAnswer() {
        sigstore.faults.put(FULCIO, Map.entry(201, "{}"));

        assertThatThrownBy(() -> signer(sigstore.services()).attest(Statement.PAYLOAD_TYPE, PAYLOAD))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "The signing service at " + sigstore.address() + FULCIO + " gave an answer that cannot be used:"
                                + " it has no certificate that holds the promise of a certificate log."
                                + " Check the address of the service, and ask whoever runs it.");
    }

    @Test
    void givesOutNothingThatVerifiersWouldRefuse() {
        sigstore.timestampTime = sigstore.now.plus(Duration.ofMinutes(30));

        assertThatThrownBy(() -> signer(sigstore.services()).attest(Statement.PAYLOAD_TYPE, PAYLOAD))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The signature that was just made would be refused: its certificate was not valid at "
                        + sigstore.timestampTime.truncatedTo(ChronoUnit.SECONDS) + " under this authority."
                        + " Give the trusted root of the instance that signs, and check its services.");
    }

    @Test
    void refusesTheServicesOfAnotherInstance() throws Exception {
        try (FakeSigstore other = new FakeSigstore()) {
            KeylessSigner signer = signer(other.services());

            assertThatThrownBy(() -> signer.attest(Statement.PAYLOAD_TYPE, PAYLOAD))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageStartingWith("The signature that was just made would be refused:"
                            + " it is in no transparency log of the trusted root.");
        }
    }

    @Test
    void showsTheTokenToFulcioAlone() throws Exception {
        String token = FakeSigstore.token();
        KeylessSigner signer = signer(sigstore.services());

        Bundle bundle = signer.attest(Statement.PAYLOAD_TYPE, PAYLOAD);

        assertThat(sigstore.told(FULCIO, token)).isTrue();
        assertThat(sigstore.requests)
                .filteredOn(request -> !request.startsWith(FULCIO + " "))
                .hasSize(2)
                .noneMatch(request -> request.contains(secretOf(token)));
        assertThat(signer + signer.name() + IdentityToken.parse(token) + log)
                .doesNotContain(secretOf(token))
                .contains("https://jenkins.example.com/job/app/job/main/ (https://jenkins.example.com/oidc)");
        assertThat(new String(bundle.toBytes(), StandardCharsets.UTF_8)).doesNotContain(secretOf(token));
    }

    @Test
    void keepsTheTokenOutOfEveryFailure() {
        String token = FakeSigstore.token();
        for (String answer : List.of(token, "{\"a\":\"" + token, "{\"" + token + "\":1}")) {
            for (int status : List.of(200, 400, 404)) {
                sigstore.faults.put(FULCIO, Map.entry(status, answer));

                assertThatThrownBy(() -> signer(sigstore.services()).attest(Statement.PAYLOAD_TYPE, PAYLOAD))
                        .satisfies(failure -> assertThat(printed(failure)).doesNotContain(secretOf(token)));
            }
        }
    }

    private static String printed(Throwable failure) {
        StringWriter all = new StringWriter();
        failure.printStackTrace(new PrintWriter(all, true));
        return all.toString();
    }

    /** The signature, without which a token is worth nothing. */
    private static String secretOf(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }

    private KeylessSigner signer(SigningServices services) throws Exception {
        IdentityToken token = IdentityToken.parse(FakeSigstore.token());
        ServiceClient client = new ServiceClient(HttpClient.newHttpClient(), Duration.ZERO, token::hiddenIn);
        return new KeylessSigner(
                token, services, TrustedRoot.parse(sigstore.trustedRoot()), client, () -> time, log::add);
    }

    private KeylessVerifier verifier() throws Exception {
        return new KeylessVerifier(TrustedRoot.parse(sigstore.trustedRoot()), signed());
    }

    private static CertificateIdentity signed() {
        return CertificateIdentity.of(FakeSigstore.SUBJECT, "", FakeSigstore.ISSUER, "");
    }
}
