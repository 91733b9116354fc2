package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementLinesTest {
    private static final Statement STATEMENT = Statement.of(
            List.of(new Subject("app.tar", Digest.sha256(utf8("app")))),
            "https://example.com/t",
            utf8("{\"by\":\"Zoë\"}"));

    private final Signer signer = new KeySigner(SampleKeys.p256());

    @Test
    void addsALineOnce() throws Exception {
        byte[] once = StatementLines.empty().with(STATEMENT, signer).toBytes();

        byte[] twice = StatementLines.parse(once).with(STATEMENT, signer).toBytes();

        assertThat(twice).isEqualTo(once);
        assertThat(Envelope.parse(once).payload()).isEqualTo(STATEMENT.toBytes());
    }

    @Test
    void knowsItsOwnLineInABundleToo() throws Exception {
        byte[] bundle = signer.attest(STATEMENT).toBytes();

        assertThat(StatementLines.parse(bundle).with(STATEMENT, signer).toBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(new String(bundle, StandardCharsets.UTF_8) + "\n");
    }

    /** As signers without a key of their own write it. */
    @Test
    void addsABundleOnce() throws Exception {
        Signer certified = new Signer() {
            @Override
            public Bundle attest(String payloadType, byte[] payload) throws InterruptedException {
                return certified(signer.attest(payloadType, payload));
            }

            @Override
            public Bundle sign(Blob message) throws IOException, InterruptedException {
                return certified(signer.sign(message));
            }

            @Override
            public Optional<Verifier> verifier() {
                return signer.verifier();
            }

            @Override
            public String name() {
                return "certified";
            }
        };
        byte[] once = StatementLines.empty().with(STATEMENT, certified).toBytes();

        assertThat(once).asString(StandardCharsets.UTF_8).contains("\"certificate\"");
        assertThat(StatementLines.parse(once).with(STATEMENT, certified).toBytes())
                .isEqualTo(once);
    }

    @Test
    void keepsTheLinesOfOthersAsTheyAre() throws Exception {
        String others = "{\"mediaType\": 1}\nno JSON\n{ }\n";

        byte[] lines =
                StatementLines.parse(utf8(others)).with(STATEMENT, signer).toBytes();

        assertThat(lines).asString(StandardCharsets.UTF_8).startsWith(others);
        assertThat(new String(lines, StandardCharsets.UTF_8).lines()).hasSize(4);
    }

    private static Bundle certified(Bundle bundle) {
        return Bundle.of(bundle.content(), new VerificationMaterial.Certificates(List.of(new byte[] {1})));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
