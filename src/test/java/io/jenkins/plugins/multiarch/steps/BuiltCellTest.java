package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuiltCellTest {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private static Descriptor descriptor(String digit) {
        String json = """
                {"all": [{"mediaType": "%s", "digest": "sha256:%s", "size": 7,
                          "platform": {"os": "linux", "architecture": "arm64"}}]}""";
        return Descriptor.readAll(
                        Json.read(json.formatted(MANIFEST, digit.repeat(64)).getBytes(), "test")
                                .path("all"))
                .get(0);
    }

    @Test
    void travelsAsText() {
        BuiltCell.Facts how = new BuiltCell.Facts("arm-1", "buildah 1.39", true, 73, "job/app/7/console");
        CollectedImage found = new CollectedImage(
                Digest.parse("sha256:" + "a".repeat(64)),
                descriptor("b"),
                List.of(descriptor("c")),
                Optional.of(descriptor("d")));
        BuiltCell cell = BuiltCell.of(BuildCellTest.cell(), found, how);

        BuiltCell arrived = BuiltCell.parse(cell.toJson());

        assertThat(arrived).isEqualTo(cell);
        assertThat(arrived.variant()).isEqualTo("3.12");
        assertThat(arrived.platform()).hasToString("linux/arm64");
    }

    @Test
    void saysThatAPlatformWasLeftOut() {
        BuiltCell arrived =
                BuiltCell.parse(BuiltCell.skipped(BuildCellTest.cell()).toJson());

        assertThat(arrived.image()).isEmpty();
        assertThat(arrived.platform()).hasToString("linux/arm64");
    }
}
