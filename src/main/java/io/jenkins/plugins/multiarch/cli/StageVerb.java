package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.builder.LocalCommands;
import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.staging.ContainerTool;
import io.jenkins.plugins.multiarch.staging.Origin;
import io.jenkins.plugins.multiarch.staging.StageRecord;
import io.jenkins.plugins.multiarch.staging.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes an image into a folder, to be handed on. */
@Command(
        name = "stage",
        header = "Writes an image into a folder to be handed on, one OCI archive for each platform.",
        description = "The folder's own name becomes the name of the image there. Prints the digest.",
        footer = "  multiarch-release stage ghcr.io/acme/app:1.4 staged/app")
final class StageVerb extends Verb {

    @Parameters(
            index = "0",
            paramLabel = "IMAGE",
            description =
                    "An image of a registry, or oci:FOLDER[:NAME], oci-archive:FILE[:NAME], docker-archive:FILE[:NAME],"
                            + " docker-daemon:NAME:TAG.")
    private GateSubject image;

    @Parameters(index = "1", paramLabel = "FOLDER", description = "Where to write it; made where it is not there.")
    private Path folder;

    @Option(
            names = "--platforms",
            split = ",",
            paramLabel = "PLATFORM",
            description = "The platforms to write; all unless said, with the image's own digest.")
    private List<Platform> platforms = new ArrayList<>();

    StageVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        StageRecord record = image instanceof GateSubject.InDaemon daemon ? saved(daemon) : staged(image);
        print(record::toJson, () -> record.digest().toString());
    }

    private StageRecord saved(GateSubject.InDaemon daemon) throws IOException, InterruptedException {
        Path saved = Files.createTempFile("docker-image-", ".tar");
        try {
            new ContainerTool(new LocalCommands(Path.of(""), around().environment()), log())
                    .save(daemon, saved.toString());
            return staged(new GateSubject.InDockerArchive(saved, ""));
        } finally {
            Files.deleteIfExists(saved);
        }
    }

    private StageRecord staged(GateSubject subject) throws IOException, InterruptedException {
        String name = StageRecord.checkedName(
                folder.toAbsolutePath().normalize().getFileName().toString());
        return new Staging(registry(), log())
                .stage(name, subject, platforms, folder, new Origin("", "", Instant.now()));
    }
}
