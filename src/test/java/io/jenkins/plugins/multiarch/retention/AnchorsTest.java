package io.jenkins.plugins.multiarch.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnchorsTest {
    private static final String PATH = "acme/app";

    private final List<String> log = new ArrayList<>();

    @Test
    void passesOverWhatCannotBeRead() throws Exception {
        try (FakeRegistry fake = FakeRegistry.start()) {
            Manifest image = fake.addImage(PATH, "1.0", "linux/amd64", "linux/arm64");
            Digest strange = fake.addManifest(
                    PATH, "strange", MediaTypes.OCI_INDEX, "{\"schemaVersion\":9}".getBytes(StandardCharsets.UTF_8));
            fake.addIndex(PATH, "2.0", Descriptor.of(MediaTypes.OCI_INDEX, strange, 19));
            fake.untag(PATH, "strange");

            new Anchors(HttpRegistry.builder().build(), log::add).tag(List.of(fake.repository(PATH)));

            assertThat(fake.tags(PATH))
                    .contains(Anchors.of(image.children().get(0).digest()).name())
                    .doesNotContain(Anchors.of(strange).name());
            assertThat(log)
                    .anyMatch(line -> line.startsWith(fake.repository(PATH) + "@" + strange
                            + " was given no tag, for it cannot be read: "));
        }
    }
}
