package io.jenkins.plugins.multiarch.attest.keyless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTokenTest {
    private static final String CURE =
            " Give a token for Sigstore, as the OpenID Connect provider of this Jenkins makes it.";

    @Test
    void provesPossessionInTheNameOfTheSubject() {
        assertThat(IdentityToken.parse(FakeSigstore.token()).subject()).isEqualTo(FakeSigstore.SUBJECT);
    }

    @Test
    void provesPossessionInTheNameOfAVerifiedMailAddress() {
        String claims = "{\"sub\":\"42\",\"email\":\"me@example.com\",\"email_verified\":";

        assertThat(IdentityToken.parse(FakeSigstore.token(claims + "true}")).subject())
                .isEqualTo("me@example.com");
        assertThat(IdentityToken.parse(FakeSigstore.token(claims + "false}")).subject())
                .isEqualTo("42");
    }

    @ParameterizedTest
    @CsvSource({"secret, it has not three parts", "a.secret.c, its claims cannot be read", "a.e30.c, it names nobody"})
    void saysWhatIsWrongWithoutSayingIt(String token, String reason) {
        assertThatThrownBy(() -> IdentityToken.parse(token))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The identity token cannot be used: " + reason + "." + CURE)
                .hasNoCause();
    }
}
