package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.staging.Origin;
import io.jenkins.plugins.multiarch.staging.StageRecord;
import io.jenkins.plugins.multiarch.staging.Staging;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes an image's archives into a folder of the node.
 *
 * @param saved a docker-archive of the image, where it lies in a daemon
 * @return the documents that describe it, by file name
 */
record StageTask(
        String name,
        String image,
        ArrayList<String> platforms,
        String folder,
        @CheckForNull String saved,
        String job,
        String build)
        implements RegistryTask<HashMap<String, byte[]>> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<String> registries() {
        StageRecord.checkedName(name);
        Platform.parseAll(platforms);
        return GateSubject.parse(image) instanceof GateSubject.InRegistry subject
                ? List.of(subject.image().repository().registry())
                : List.of();
    }

    @Override
    public HashMap<String, byte[]> run(Registry registry, Optional<Path> workspace, Consumer<String> log)
            throws IOException, InterruptedException {
        GateSubject subject = saved == null
                ? WorkspacePath.inside(workspace.orElseThrow(), GateSubject.parse(image))
                : new GateSubject.InDockerArchive(Path.of(saved), "");
        StageRecord record = new Staging(registry, log)
                .stage(
                        name,
                        subject,
                        Platform.parseAll(platforms),
                        Path.of(folder),
                        new Origin(job, build, java.time.Instant.now()));
        return new HashMap<>(record.documents());
    }
}
