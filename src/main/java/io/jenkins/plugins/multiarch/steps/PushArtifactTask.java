package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.artifact.ArtifactFile;
import io.jenkins.plugins.multiarch.artifact.ArtifactPush;
import io.jenkins.plugins.multiarch.artifact.ArtifactRequest;
import io.jenkins.plugins.multiarch.artifact.ChartRequest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What {@code pushArtifact} does where its files are; they are looked for in the workspace and nowhere else. */
record PushArtifactTask(
        @CheckForNull String repository,
        @CheckForNull String artifactType,
        ArrayList<String> files,
        ArrayList<String> annotations,
        @CheckForNull String subject,
        ArrayList<String> tags,
        @CheckForNull String chart,
        @CheckForNull String version,
        boolean immutableTags)
        implements RegistryTask<UploadedArtifact> {
    private static final long serialVersionUID = 1L;

    private Repository target() {
        return StepArguments.repository(StepArguments.required(repository, "repository", "ghcr.io/acme/payload"));
    }

    /** @throws ReleaseException unless the arguments are those of files alone or those of a chart alone */
    void refuseUnclear() {
        boolean ofFiles = !files.isEmpty()
                || artifactType != null
                || !annotations.isEmpty()
                || subject != null
                || !tags.isEmpty();
        if (chart != null && ofFiles) {
            throw new ReleaseException(
                    "pushArtifact was given a chart together with what belongs to files.",
                    "Give chart, version and immutableTags alone: a chart has its version as its tag.");
        }
        if (chart == null && version != null) {
            throw new ReleaseException(
                    "pushArtifact was given a version, which only charts have.", "Write it in tags, or give chart.");
        }
    }

    @Override
    public List<String> registries() {
        refuseUnclear();
        if (chart == null) {
            request(List.copyOf(files.stream().map(ArtifactFile::parse).toList()));
        }
        return List.of(target().registry());
    }

    private ArtifactRequest request(List<ArtifactFile> found) {
        return new ArtifactRequest(
                target(),
                StepArguments.required(artifactType, "artifactType", "application/vnd.acme.payload.v1"),
                found,
                StepArguments.pairs(annotations),
                Optional.ofNullable(subject).map(ImageRef::parse),
                Tag.parseAll(tags),
                immutableTags);
    }

    @Override
    public UploadedArtifact run(Registry registry, Optional<Path> workspace, Consumer<String> log)
            throws IOException, InterruptedException {
        Path folder = workspace.orElseThrow(() -> new ReleaseException(
                "pushArtifact was called outside node, where there are no files.",
                "Call it inside the node that has the files."));
        ArtifactPush push = new ArtifactPush(registry, log);
        if (chart != null) {
            Path packed = WorkspacePath.inside(folder, Path.of(chart), "chart", "build/app-1.4.2.tgz");
            return new UploadedArtifact(
                    push.push(new ChartRequest(target(), packed, version == null ? "" : version, immutableTags)));
        }
        List<ArtifactFile> found = new ArrayList<>();
        for (String file : files) {
            ArtifactFile parsed = ArtifactFile.parse(file);
            WorkspacePath.inside(folder, parsed.path(), "files", "build/app.tar.gz:application/gzip");
            found.add(parsed.in(folder));
        }
        return new UploadedArtifact(push.push(request(found)));
    }
}
