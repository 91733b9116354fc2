package io.jenkins.plugins.multiarch.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ImageConfigTest {
    private static final String LAYER = "sha256:" + "d".repeat(64);
    private static final String TEXT = "{ \"architecture\":\"arm\", \"os\":\"linux\", \"variant\":\"v6\",\n"
            + "  \"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + LAYER + "\"]},\n"
            + "  \"history\":[{\"created_by\":\"COPY a /a\"},{\"created_by\":\"ENV A=b\",\"empty_layer\":true},{}]}";

    private static ImageConfig parse(String text) {
        return ImageConfig.parse(text.getBytes(UTF_8));
    }

    @Test
    void tellsWhatTheImageIs() {
        ImageConfig config = parse(TEXT);

        assertThat(config.platform()).isEqualTo(Platform.parse("linux/arm/v6"));
        assertThat(config.diffIds()).containsExactly(Digest.parse(LAYER));
        assertThat(config.history())
                .containsExactly(
                        new ImageConfig.History("COPY a /a", false),
                        new ImageConfig.History("ENV A=b", true),
                        new ImageConfig.History("", false));
    }

    @Test
    void keepsTheBytesThatCame() {
        ImageConfig config = parse(TEXT);

        config.bytes()[0] = 'x';
        ((ObjectNode) config.json()).removeAll();

        assertThat(new String(config.bytes(), UTF_8)).isEqualTo(TEXT);
        assertThat(config.digest()).isEqualTo(Digest.sha256(TEXT.getBytes(UTF_8)));
        assertThat(config.json().path("os").asText()).isEqualTo("linux");
    }

    @Test
    void saysThatAConfigurationIsNoJson() {
        assertThatThrownBy(() -> parse("tar archive"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith(
                        "The image configuration is not a JSON object we can use: it cannot be read past ");
    }

    @Test
    void refusesALayerThatIsNoDigest() {
        assertThatThrownBy(() -> parse("{\"rootfs\":{\"diff_ids\":[7]}}"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("'7' is not a digest: it has no ':'. ");
    }
}
