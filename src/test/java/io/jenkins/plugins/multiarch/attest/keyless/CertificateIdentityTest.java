package io.jenkins.plugins.multiarch.attest.keyless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateIdentityTest {
    private static final String ISSUER = "https://jenkins.example.com/oidc";

    @Test
    void namesItsSubjectAndItsIssuer() {
        assertThat(CertificateIdentity.of("", "https://jenkins\\.example\\.com/job/.*", ISSUER, ""))
                .hasToString("https://jenkins\\.example\\.com/job/.* (https://jenkins.example.com/oidc)");
    }

    @Test
    void wantsBothASubjectAndAnIssuer() {
        assertThatThrownBy(() -> CertificateIdentity.of("", "", ISSUER, ""))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The identity to trust has no subject."
                        + " Give either the subject exactly or a regular expression for it.");
        assertThatThrownBy(() -> CertificateIdentity.of("me@example.com", "", ISSUER, ".*"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The identity to trust has two rules for its issuer."
                        + " Give either the issuer exactly or a regular expression for it.");
    }

    @Test
    void saysWhatIsWrongWithAnExpression() {
        assertThatThrownBy(() -> CertificateIdentity.of("", "https://(", ISSUER, ""))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'https://(' is not a regular expression: Unclosed group."
                        + " Write one, as in https://github\\.com/acme/.*, or name the identity exactly.");
    }

    @Test
    void showsLittleOfWhatACertificateClaims() throws Exception {
        FakeSigstore sigstore = new FakeSigstore();
        sigstore.close();
        String claimed = "https://evil.example.com/" + "x".repeat(10_000);
        CertificateIdentity identity = CertificateIdentity.of("me", "", ISSUER, "");
        FulcioCertificate certificate = FulcioCertificate.read(sigstore.authority
                .signing(
                        FakeAuthority.keys().getPublic(),
                        FakeAuthority.uri(claimed),
                        List.of(FakeAuthority.tokenIssuer(ISSUER)),
                        sigstore.now,
                        sigstore.now.plusSeconds(60),
                        sigstore.certificateLog)
                .getEncoded());

        assertThatThrownBy(() -> identity.require(certificate))
                .isInstanceOf(Unaccepted.class)
                .hasMessage("it was signed by '" + claimed.substring(0, 120) + "…', not by me");
    }

    @Test
    void takesNoTextTooLongForAnHonestOne() {
        TextRule rule = TextRule.matching("a*");

        assertThat(rule.accepts("a".repeat(2000))).isTrue();
        assertThat(rule.accepts("a".repeat(2001))).isFalse();
    }
}
