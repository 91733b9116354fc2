package io.jenkins.plugins.multiarch.retention.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.registry.ApiRequest;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against vectors of AWS's signing test suite, version 4, by their names there. */
class AwsSignatureTest {
    private static final Instant TIME = Instant.parse("2015-08-30T12:36:00Z");
    private static final String ID = "AKIDEXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String TOKEN =
            "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwA"
                    + "eMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT"
                    + "7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yj"
                    + "c8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";
    private static final ApiRequest POST = ApiRequest.post(URI.create("https://example.amazonaws.com/"), new byte[0]);

    private static ApiRequest signed(ApiRequest request, Optional<String> token) {
        return new AwsSignature(new AwsCredentials(ID, SECRET, token), "us-east-1", "service").sign(request, TIME);
    }

    private static String header(String signedHeaders, String signature) {
        return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders="
                + signedHeaders + ", Signature=" + signature;
    }

    @Test
    void signsPostVanilla() {
        assertThat(signed(POST, Optional.empty()).headers())
                .containsEntry("X-Amz-Date", "20150830T123600Z")
                .containsEntry(
                        "Authorization",
                        header("host;x-amz-date", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"));
    }

    @Test
    void signsPostHeaderValueCase() {
        assertThat(signed(POST.with("My-Header1", "VALUE1"), Optional.empty()).headers())
                .containsEntry(
                        "Authorization",
                        header(
                                "host;my-header1;x-amz-date",
                                "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d"));
    }

    @Test
    void signsPostStsHeaderBefore() {
        assertThat(signed(POST, Optional.of(TOKEN)).headers())
                .containsEntry("X-Amz-Security-Token", TOKEN)
                .containsEntry(
                        "Authorization",
                        header(
                                "host;x-amz-date;x-amz-security-token",
                                "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"));
    }

    @Test
    void signsPostXWwwFormUrlencoded() {
        ApiRequest form = ApiRequest.post(POST.uri(), "Param1=value1".getBytes(UTF_8))
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with("Content-Length", "13")
                .with("x-amz-content-sha256", "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e");

        assertThat(signed(form, Optional.empty()).headers())
                .containsEntry(
                        "Authorization",
                        header(
                                "content-length;content-type;host;x-amz-content-sha256;x-amz-date",
                                "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b"));
    }

    @Test
    void signsGetSpaceNormalized() {
        ApiRequest get = ApiRequest.get(URI.create("https://example.amazonaws.com/example%20space/"));

        assertThat(signed(get, Optional.empty()).headers())
                .containsEntry(
                        "Authorization",
                        header("host;x-amz-date", "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"));
    }

    @Test
    void showsNeitherSecretNorToken() {
        ApiRequest signed = signed(POST, Optional.of(TOKEN));

        assertThat(signed.secrets()).contains(SECRET, TOKEN);
        assertThat(signed + " " + new AwsSignature(new AwsCredentials(ID, SECRET, Optional.of(TOKEN)), "r", "s"))
                .contains("AKIDEXAMPLE:********")
                .doesNotContain(SECRET, TOKEN);
    }

    @Test
    void takesTheVariablesThatOtherToolsTake() {
        assertThat(AwsCredentials.of(Map.of("AWS_ACCESS_KEY_ID", ID, "AWS_SECRET_ACCESS_KEY", SECRET)))
                .contains(new AwsCredentials(ID, SECRET, Optional.empty()));
        assertThat(AwsCredentials.of(
                        Map.of("AWS_ACCESS_KEY_ID", ID, "AWS_SECRET_ACCESS_KEY", SECRET, "AWS_SESSION_TOKEN", TOKEN)))
                .contains(new AwsCredentials(ID, SECRET, Optional.of(TOKEN)));
        assertThat(AwsCredentials.of(Map.of("AWS_ACCESS_KEY_ID", ID))).isEmpty();
    }
}
