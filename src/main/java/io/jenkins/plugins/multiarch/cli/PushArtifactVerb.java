package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.artifact.ArtifactFile;
import io.jenkins.plugins.multiarch.artifact.ArtifactPush;
import io.jenkins.plugins.multiarch.artifact.ArtifactRequest;
import io.jenkins.plugins.multiarch.artifact.ChartRequest;
import io.jenkins.plugins.multiarch.artifact.PushedArtifact;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Pushes files that are no images. */
@Command(
        name = "push-artifact",
        header = "Pushes files as an OCI artifact, or a Helm chart.",
        description =
                "Everything is read and checked before anything is sent. The same files give the same digest. Prints the"
                        + " reference by digest.",
        footer = {
            "  multiarch-release push-artifact app.tar.gz:application/gzip sbom.json:application/json \\",
            "    --repository ghcr.io/acme/payload --artifact-type application/vnd.acme.payload.v1 --tags 1.4.2",
            "  multiarch-release push-artifact --chart app-1.4.2.tgz --chart-version 1.4.2 \\",
            "    --repository ghcr.io/acme/charts/app"
        })
final class PushArtifactVerb extends Verb {

    @Option(
            names = "--repository",
            required = true,
            paramLabel = "REPOSITORY",
            description = "Where to push it, as in ghcr.io/acme/payload; of a chart, ending in its name.")
    private Repository repository;

    @Parameters(paramLabel = "FILE[:TYPE]", arity = "0..*", description = "The files, with their media types.")
    private List<ArtifactFile> files = new ArrayList<>();

    @Option(
            names = "--artifact-type",
            paramLabel = "TYPE",
            description = "What the artifact is, as in application/vnd.acme.payload.v1; not of a chart.")
    private String artifactType;

    @Option(names = "--tags", split = ",", paramLabel = "TAG", description = "Tags that shall lead to it.")
    private List<Tag> tags = new ArrayList<>();

    @Option(names = "--annotation", paramLabel = "KEY=VALUE", description = "Of the manifest. May be repeated.")
    private Map<String, String> annotations = new LinkedHashMap<>();

    @Option(
            names = "--subject",
            paramLabel = "IMAGE",
            description = "The image in the same repository that the artifact is about.")
    private ImageRef subject;

    @Option(
            names = "--chart",
            paramLabel = "FILE",
            description = "A packed Helm chart instead of files; its version is its tag.")
    private Path chart;

    @Option(names = "--chart-version", paramLabel = "VERSION", description = "The version that the chart has to have.")
    private String version;

    @Option(names = "--immutable-tags", description = "Refuse to move a tag that leads to something else already.")
    private boolean immutableTags;

    @Spec
    private CommandSpec spec;

    PushArtifactVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        ArtifactPush push = new ArtifactPush(registry(), log());
        PushedArtifact pushed = chart == null ? push.push(ofFiles()) : push.push(ofChart());
        print(pushed::toJson, () -> pushed.reference().toString());
    }

    private ArtifactRequest ofFiles() {
        if (files.isEmpty() || artifactType == null || version != null) {
            throw new ParameterException(
                    spec.commandLine(), "Give files with --artifact-type, or --chart with or without --chart-version.");
        }
        return new ArtifactRequest(
                repository, artifactType, files, annotations, Optional.ofNullable(subject), tags, immutableTags);
    }

    private ChartRequest ofChart() {
        if (!files.isEmpty() || artifactType != null || !annotations.isEmpty() || subject != null || !tags.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "A chart takes its type, tag and annotations from itself: give it alone.");
        }
        return new ChartRequest(repository, chart, version == null ? "" : version, immutableTags);
    }
}
