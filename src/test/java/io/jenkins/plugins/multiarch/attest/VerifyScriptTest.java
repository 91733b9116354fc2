package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyScriptTest {
    private static final Digest APP = Digest.sha256("app".getBytes(StandardCharsets.UTF_8));
    private static final ImageRef IMAGE = ImageRef.of(Repository.parse("ghcr.io/acme/app"), APP);

    @Test
    void writesTheCommandForEachPieceOfEvidence() {
        String script = script("https://example.com/review/v1", "sha256:abc");

        assertThat(script)
                .contains("check 'https://example.com/review/v1 of " + APP + "' cosign verify-attestation --type"
                        + " 'https://example.com/review/v1' --new-bundle-format --trusted-root \"$folder/root.json\""
                        + " --key \"$folder/release.pub\" --insecure-ignore-tlog $COSIGN_FLAGS ghcr.io/acme/app@" + APP)
                .contains("cat > \"$folder/release.pub\" <<'END'\n-----BEGIN PUBLIC KEY-----\n");
    }

    @Test
    void letsNoTypeOfAPredicateRunACommand() {
        String script = script("https://example.com/'$(touch${IFS}x);", "sha256-abc.att");

        assertThat(script)
                .contains(" cosign verify-attestation --type 'https://example.com/'\\''$(touch${IFS}x);' --key ");
    }

    private static String script(String type, String place) {
        AttestedImage image = new AttestedImage(IMAGE, "", List.of(new StoredAttestation(APP, type, place, true)));
        return new VerifyScript(image, new KeyTrust(SampleKeys.trusted("p256.pub"))).text();
    }
}
