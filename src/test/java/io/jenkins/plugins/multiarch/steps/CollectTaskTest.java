package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CollectTaskTest {

    @Test
    void saysThatTheBuilderFailed() {
        BuildCell cell = BuildCellTest.cell();
        PreparedCell prepared = new PreparedCell(
                new String(cell.plan().toJson(), StandardCharsets.UTF_8),
                "/nowhere",
                "",
                "",
                "buildah",
                "1.28.2",
                false,
                0);
        CollectTask task = new CollectTask(cell.toJson(), prepared.toJson(), 3);

        assertThatThrownBy(() -> task.run(HttpRegistry.builder().build(), Optional.empty(), line -> {}))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("linux/arm64 was not built: buildah 1.28.2 ended with 3. Its own words above say why.");
    }
}
