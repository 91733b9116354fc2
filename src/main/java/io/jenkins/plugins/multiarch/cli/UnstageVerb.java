package io.jenkins.plugins.multiarch.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.builder.LocalCommands;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.staging.ContainerTool;
import io.jenkins.plugins.multiarch.staging.Unstaging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes of a staged image what is asked for. */
@Command(
        name = "unstage",
        header = "Takes an image that was staged: as a file, into a registry, or into docker or podman.",
        description = "Every byte is checked first. Prints the digest, or the reference where it was pushed.",
        footer = {
            "  multiarch-release unstage staged/app --image ghcr.io/acme/app --tags 1.4",
            "  multiarch-release unstage staged/app --load acme/app:test"
        })
final class UnstageVerb extends Verb {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FOLDER", description = "What an image was staged into.")
    private Path folder;

    @Option(names = "--archive", paramLabel = "FILE", description = "An OCI archive of all platforms to write.")
    private Path archive;

    @Option(names = "--layout", paramLabel = "FOLDER", description = "An OCI image layout to write all platforms to.")
    private Path layout;

    @Option(names = "--image", paramLabel = "REPOSITORY", description = "Where to push the very bytes.")
    private Repository repository;

    @Option(names = "--tags", split = ",", paramLabel = "TAG", description = "Tags to set in that repository.")
    private List<Tag> tags = new ArrayList<>();

    @Option(
            names = "--load",
            paramLabel = "NAME",
            description = "A name to load the image under, converted so that any docker or podman takes it.")
    private ImageRef load;

    @Option(
            names = "--platform",
            paramLabel = "PLATFORM",
            description = "The platform to load; that of this machine unless said.")
    private Platform platform;

    UnstageVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        if (archive == null && layout == null && repository == null && load == null) {
            throw new ParameterException(
                    spec.commandLine(), "Nothing was asked for. Give --archive, --layout, --image or --load.");
        }
        if (repository == null && !tags.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--tags needs --image, the repository they are set in.");
        }
        try (Unstaging unstaging = Unstaging.open(folder, log())) {
            ObjectNode result = Json.object();
            result.put("digest", unstaging.record().digest().toString());
            if (archive != null) {
                unstaging.write(archive, true);
                result.put("archive", archive.toString());
            }
            if (layout != null) {
                unstaging.write(layout, false);
                result.put("layout", layout.toString());
            }
            if (load != null) {
                result.put("loaded", loaded(unstaging));
            }
            if (repository != null) {
                result.put(
                        "reference",
                        unstaging.push(registry(), repository, tags).toString());
            }
            print(
                    () -> result,
                    () -> result.path(result.has("reference") ? "reference" : "digest")
                            .asText());
        }
    }

    private String loaded(Unstaging unstaging) throws IOException, InterruptedException {
        String name = load.repository() + ":" + load.tag().orElse(Tag.LATEST);
        Path file = Files.createTempFile("docker-image-", ".tar");
        try {
            unstaging.writeForDocker(platform == null ? ContainerTool.platformHere() : platform, name, file);
            new ContainerTool(new LocalCommands(Path.of(""), around().environment()), log())
                    .load(file.toString(), name);
            return name;
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
