package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectTaskTest {

    @Test
    void leavesTheReasonToTheWordsOfTheBuilder(@TempDir Path folder) {
        BuildCell cell = BuildCellTest.cell();
        String plan = new String(cell.plan().toJson(), StandardCharsets.UTF_8);
        PreparedCell prepared = new PreparedCell(plan, folder.toString(), "", "", "", "buildah", "1.39.3", false, 0);
        CollectTask task = new CollectTask(cell.toJson(), prepared.toJson(), 125);

        assertThatThrownBy(() -> task.run(HttpRegistry.builder().build(), Optional.of(folder), line -> {}))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("linux/arm64 was not built: buildah 1.39.3 ended with 125. Its own words above say why.");
    }
}
