package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.artifact.PushedArtifact;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** An artifact that was pushed, as a Pipeline sees it. */
public final class UploadedArtifact implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String reference;
    private final String repository;
    private final String digest;
    private final String artifactType;
    private final ArrayList<String> tags = new ArrayList<>();
    private final ArrayList<LinkedHashMap<String, Object>> files = new ArrayList<>();

    UploadedArtifact(PushedArtifact pushed) {
        reference = pushed.reference().toString();
        repository = pushed.reference().repository().toString();
        digest = pushed.reference().reference().toString();
        artifactType = pushed.artifactType();
        pushed.tags().stream().map(Tag::name).forEach(tags::add);
        pushed.files().forEach((name, blob) -> {
            LinkedHashMap<String, Object> file = new LinkedHashMap<>();
            file.put("name", name);
            file.put("mediaType", blob.descriptor().mediaType());
            file.put("digest", blob.digest().toString());
            file.put("size", blob.size());
            files.add(file);
        });
    }

    /** Repository and digest. */
    @Whitelisted
    public String getReference() {
        return reference;
    }

    @Whitelisted
    public String getRepository() {
        return repository;
    }

    @Whitelisted
    public String getDigest() {
        return digest;
    }

    @Whitelisted
    public String getArtifactType() {
        return artifactType;
    }

    /** Those that were asked for; of a chart its version. */
    @Whitelisted
    public List<String> getTags() {
        return List.copyOf(tags);
    }

    /** One map a file: {@code name}, {@code mediaType}, {@code digest} and {@code size} in bytes. */
    @Whitelisted
    public List<Map<String, Object>> getFiles() {
        return List.copyOf(files);
    }

    /** The reference. */
    @Whitelisted
    @Override
    public String toString() {
        return reference;
    }
}
