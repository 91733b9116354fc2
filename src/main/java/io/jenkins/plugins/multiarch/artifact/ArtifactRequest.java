package io.jenkins.plugins.multiarch.artifact;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link ArtifactPush} pushes.
 *
 * @param artifactType what the artifact is
 * @param files at least one; their titles differ
 * @param annotations of the manifest
 * @param subject the image or artifact in the same repository that it is about
 * @param tags that shall lead to it; without any it has its digest alone
 * @param immutableTags whether a tag that leads elsewhere is refused
 */
public record ArtifactRequest(
        Repository repository,
        String artifactType,
        List<ArtifactFile> files,
        Map<String, String> annotations,
        Optional<ImageRef> subject,
        List<Tag> tags,
        boolean immutableTags) {
    /** Each is a descriptor in a manifest, which registries bound to 4 MiB. */
    private static final int MAX_FILES = 1000;

    public ArtifactRequest {
        files = List.copyOf(files);
        annotations = new LinkedHashMap<>(annotations);
        tags = List.copyOf(tags);
        ArtifactFile.requireMediaType(artifactType);
        if (files.isEmpty() || files.size() > MAX_FILES) {
            throw new ReleaseException(
                    "An artifact of " + files.size() + " files was asked for.",
                    "Name 1 to " + MAX_FILES + " files; pack more of them into an archive.");
        }
        if (files.stream().map(ArtifactFile::title).distinct().count() < files.size()) {
            throw new ReleaseException(
                    "Two files of the artifact have the same name.",
                    "Name each once, by different paths below this folder.");
        }
        refuseOther(repository, subject);
    }

    private static void refuseOther(Repository repository, Optional<ImageRef> subject) {
        if (subject.isPresent() && !subject.get().repository().equals(repository)) {
            throw new ReleaseException(
                    "The subject " + Shown.of(subject.get().toString()) + " is not in " + repository + ".",
                    "Push the artifact into the repository of what it is about; registries list it nowhere else.");
        }
    }

    @Override
    public Map<String, String> annotations() {
        return new LinkedHashMap<>(annotations);
    }
}
