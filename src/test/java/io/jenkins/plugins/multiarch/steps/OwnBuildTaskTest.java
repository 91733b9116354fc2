package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnBuildTaskTest {

    @Test
    void believesTheClockOfTheController(@TempDir Path home) throws Exception {
        String plan = new String(BuildCellTest.cell().plan().toJson(), StandardCharsets.UTF_8);
        OwnBuildTask task = new OwnBuildTask(plan, home.resolve("build").toString(), 42);

        PreparedCell prepared = task.run(HttpRegistry.builder().build(), Optional.empty(), line -> {});

        assertThat(prepared.started()).isEqualTo(42);
    }
}
