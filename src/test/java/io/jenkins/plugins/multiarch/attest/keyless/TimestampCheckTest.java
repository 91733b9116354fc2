package io.jenkins.plugins.multiarch.attest.keyless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.keys.DerWriter;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimestampCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final byte[] SIGNATURE = "a signature".getBytes(StandardCharsets.UTF_8);
    private static final long SEED = 20261121;

    private final KeyPair key = FakeAuthority.keys();
    private FakeAuthority issuer;
    private X509Certificate certificate;

    @BeforeEach
    void makesAnAuthority() throws Exception {
        issuer = new FakeAuthority(
                "tsa", KeyPurposeId.id_kp_timeStamping, NOW.minusSeconds(3600), NOW.plusSeconds(3600));
        certificate = issuer.timestamping(key.getPublic(), NOW.minusSeconds(600), NOW.plusSeconds(600));
    }

    @Test
    void believesAnAuthorityWhoseOwnCertificateIsTrusted() throws Exception {
        assertThat(new TimestampCheck(List.of(authority(certificate, issuer.issuer(), issuer.root())))
                        .time(answer(NOW), SIGNATURE))
                .isEqualTo(NOW);
    }

    @Test
    void believesAnAuthorityThatBringsItsCertificateAlong() throws Exception {
        assertThat(new TimestampCheck(List.of(authority(issuer.issuer(), issuer.root()))).time(answer(NOW), SIGNATURE))
                .isEqualTo(NOW);
    }

    @Test
    void refusesATimestampOfSomethingElse() throws Exception {
        byte[] answer = answer(NOW);

        assertRefused(
                () -> trusting(issuer).time(answer, "another".getBytes(StandardCharsets.UTF_8)),
                "the timestamp is of something else");
    }

    @Test
    void refusesAnAuthorityThatIsNotTrusted() throws Exception {
        FakeAuthority other = new FakeAuthority(
                "tsa", KeyPurposeId.id_kp_timeStamping, NOW.minusSeconds(3600), NOW.plusSeconds(3600));
        byte[] answer = answer(NOW);

        assertRefused(
                () -> trusting(other).time(answer, SIGNATURE),
                "its certificate was not valid at 2026-11-21T10:00:00Z under this authority");
        assertRefused(
                () -> new TimestampCheck(List.of()).time(answer, SIGNATURE),
                "the trusted root has no timestamp authority");
    }

    @Test
    void refusesAnotherCertificateThanTheTrustedOne() throws Exception {
        X509Certificate other =
                issuer.timestamping(FakeAuthority.keys().getPublic(), NOW.minusSeconds(600), NOW.plusSeconds(600));
        byte[] answer = answer(NOW);

        assertRefused(
                () -> new TimestampCheck(List.of(authority(other, issuer.issuer(), issuer.root())))
                        .time(answer, SIGNATURE),
                "the timestamp is by no authority of the trusted root");
    }

    @Test
    void refusesATimeOutsideTheCertificate() throws Exception {
        byte[] answer = answer(NOW.plusSeconds(601));

        assertRefused(
                () -> trusting(issuer).time(answer, SIGNATURE),
                "its certificate was not valid at 2026-11-21T10:10:01Z under this authority");
    }

    @Test
    void refusesATimeOutsideTheTrust() throws Exception {
        byte[] answer = answer(NOW.minusSeconds(3));
        CertificateAuthority since = new CertificateAuthority(
                "", List.of(issuer.issuer(), issuer.root()), new ValidFor(NOW, Optional.empty()));

        assertRefused(
                () -> new TimestampCheck(List.of(since)).time(answer, SIGNATURE),
                "the timestamp authority was not trusted at 2026-11-21T09:59:57Z");
    }

    @Test
    void refusesACertificateForSomethingElse() throws Exception {
        byte[] content = Timestamp.read(answer(NOW)).content();
        X509Certificate forCode = issuer.signing(
                key.getPublic(),
                FakeAuthority.uri("https://example.com"),
                List.of(FakeAuthority.tokenIssuer("https://example.com")),
                NOW.minusSeconds(600),
                NOW.plusSeconds(600),
                new FakeLog("EC", "ct", "ct"));
        byte[] token = FakeAuthority.signed("1.2.840.113549.1.9.16.1.4", content, forCode, key);
        byte[] answer = DerWriter.sequence(DerWriter.sequence(DerWriter.integer(BigInteger.ZERO)), token);

        assertRefused(
                () -> trusting(issuer).time(answer, SIGNATURE), "the timestamp's certificate is not for timestamps");
    }

    @Test
    void refusesASignatureThatDoesNotNameItsCertificate() throws Exception {
        byte[] content = Timestamp.read(answer(NOW)).content();
        byte[] token = FakeAuthority.signed("1.2.840.113549.1.9.16.1.4", content, certificate, key);
        byte[] answer = DerWriter.sequence(DerWriter.sequence(DerWriter.integer(BigInteger.ZERO)), token);

        assertRefused(() -> trusting(issuer).time(answer, SIGNATURE), "the timestamp does not name its certificate");
    }

    @Test
    void refusesAnAnswerWithoutATimestamp() {
        byte[] rejection = DerWriter.sequence(DerWriter.sequence(DerWriter.integer(BigInteger.TWO)));

        assertRefused(() -> trusting(issuer).time(rejection, SIGNATURE), "the timestamp authority gave no timestamp");
    }

    @Test
    void neverBelievesAnythingElseAfterABitChanged() throws Exception {
        byte[] answer = answer(NOW);
        int signed = indexOf(answer, Timestamp.read(answer).content());
        Random random = new Random(SEED);

        for (int i = 0; i < 200; i++) {
            byte[] changed = answer.clone();
            changed[signed + random.nextInt(answer.length - signed)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(trusting(issuer).time(changed, SIGNATURE)).isEqualTo(NOW);
                assertThat(Timestamp.read(changed).content())
                        .isEqualTo(Timestamp.read(answer).content());
            } catch (Unaccepted e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    private static int indexOf(byte[] all, byte[] part) {
        return new String(all, StandardCharsets.ISO_8859_1).indexOf(new String(part, StandardCharsets.ISO_8859_1));
    }

    private static TimestampCheck trusting(FakeAuthority authority) {
        return new TimestampCheck(List.of(authority(authority.issuer(), authority.root())));
    }

    private static CertificateAuthority authority(X509Certificate... chain) {
        return new CertificateAuthority(
                "", List.of(chain), new ValidFor(NOW.minusSeconds(3600), Optional.of(NOW.plusSeconds(3600))));
    }

    private byte[] answer(Instant time) throws Exception {
        return FakeAuthority.timestamp(request(), certificate, key, NISTObjectIdentifiers.id_sha256, time);
    }

    private static byte[] request() throws Exception {
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        return generator
                .generate(TSPAlgorithms.SHA256, Hashes.sha256(SIGNATURE), BigInteger.TEN)
                .getEncoded();
    }

    private static void assertRefused(ThrowingCallable call, String reason) {
        assertThatThrownBy(call).isInstanceOf(Unaccepted.class).hasMessage(reason);
    }
}
