package io.jenkins.plugins.multiarch.attest.keyless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.keys.Unaccepted;
import io.jenkins.plugins.multiarch.keys.X509;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.OtherName;
import org.junit.jupiter.api.Test;

class FulcioCertificateTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String ISSUER = "https://jenkins.example.com/oidc";

    @Test
    void readsAnAddress() throws Exception {
        assertThat(read(FakeAuthority.uri("https://jenkins.example.com/job/app/"), FakeAuthority.tokenIssuer(ISSUER)))
                .hasToString("https://jenkins.example.com/job/app/ (https://jenkins.example.com/oidc)");
    }

    @Test
    void readsAMailAddressAndTheIssuerAsOfOld() throws Exception {
        GeneralName mail = new GeneralName(GeneralName.rfc822Name, "me@example.com");

        assertThat(read(mail, FakeAuthority.oldTokenIssuer(ISSUER)))
                .hasToString("me@example.com (https://jenkins.example.com/oidc)");
    }

    @Test
    void readsAUserName() throws Exception {
        OtherName name = new OtherName(new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.7"), new DERUTF8String("me!acme"));

        assertThat(read(new GeneralName(GeneralName.otherName, name), FakeAuthority.tokenIssuer(ISSUER))
                        .subject())
                .isEqualTo("me!acme");
    }

    @Test
    void refusesANameThatMeansNoIdentity() throws Exception {
        GeneralName host = new GeneralName(GeneralName.dNSName, "example.com");

        assertThatThrownBy(() -> read(host, FakeAuthority.tokenIssuer(ISSUER)))
                .isInstanceOf(Unaccepted.class)
                .hasMessage("its certificate names its subject in an unknown way");
    }

    @Test
    void refusesACertificateWithoutAnIssuerOfIdentities() throws Exception {
        Extension other = new Extension(new ASN1ObjectIdentifier("1.2.3.4"), false, new byte[] {5, 0});

        assertThatThrownBy(() -> read(FakeAuthority.uri("https://jenkins.example.com/job/app/"), other))
                .isInstanceOf(Unaccepted.class)
                .hasMessage("its certificate names no issuer of identities");
    }

    private static FulcioCertificate read(GeneralName subject, Extension issuer) throws Exception {
        FakeAuthority authority = new FakeAuthority(
                "fulcio", KeyPurposeId.id_kp_codeSigning, NOW.minusSeconds(600), NOW.plusSeconds(600));
        return FulcioCertificate.read(X509.encoded(authority.signing(
                FakeAuthority.keys().getPublic(),
                subject,
                List.of(issuer),
                NOW,
                NOW.plusSeconds(60),
                new FakeLog("EC", "ct", "ct"))));
    }
}
