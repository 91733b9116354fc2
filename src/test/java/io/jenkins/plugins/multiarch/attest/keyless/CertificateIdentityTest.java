package io.jenkins.plugins.multiarch.attest.keyless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
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
    void takesNoTextTooLongForAnHonestOne() {
        TextRule rule = TextRule.matching("a*");

        assertThat(rule.accepts("a".repeat(2000))).isTrue();
        assertThat(rule.accepts("a".repeat(2001))).isFalse();
    }
}
