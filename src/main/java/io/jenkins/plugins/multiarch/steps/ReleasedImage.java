package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.build.PublishedImage;
import io.jenkins.plugins.multiarch.build.PublishedPlatform;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** An image that was published, as a Pipeline sees it. */
public final class ReleasedImage implements Serializable {
    private static final long serialVersionUID = 1L;

    private final @CheckForNull String reference;
    private final String repository;
    private final String digest;
    private final ArrayList<String> tags;
    private final ArrayList<LinkedHashMap<String, Object>> platforms = new ArrayList<>();
    private @CheckForNull String archive;
    private @CheckForNull String revision;

    ReleasedImage(PublishedImage image) {
        this.reference = image.reference().toString();
        this.repository = image.reference().repository().toString();
        this.digest = image.digest().toString();
        this.tags = new ArrayList<>(image.tags().stream().map(Tag::name).toList());
        image.platforms().forEach(platform -> platforms.add(map(platform)));
    }

    /**
     * An image that was built.
     *
     * @param published whether it is in a registry
     * @param revision of its source
     */
    ReleasedImage(
            OrderedImage image,
            List<BuiltCell> cells,
            String digest,
            boolean published,
            @CheckForNull String revision) {
        this.reference = published ? image.repository() + "@" + digest : null;
        this.repository = image.repository();
        this.digest = digest;
        this.tags =
                new ArrayList<>(published ? image.tags().stream().map(Tag::name).toList() : List.of());
        image.wanted(cells)
                .forEach(wanted -> cells.stream()
                        .filter(cell -> cell.platform().satisfies(wanted))
                        .forEach(cell -> platforms.add(map(cell))));
        this.archive = image.archive().orElse(null);
        this.revision = revision;
    }

    private static LinkedHashMap<String, Object> map(BuiltCell cell) {
        CollectedImage found = cell.found();
        BuiltCell.Facts how = cell.image().orElseThrow().how();
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        map.put("platform", cell.platform().toString());
        map.put("digest", found.manifest().digest().toString());
        map.put("size", found.manifest().size());
        map.put(
                "attestations",
                new ArrayList<>(found.attestations().stream()
                        .map(attestation -> attestation.digest().toString())
                        .toList()));
        map.put("agent", how.agent());
        map.put("builder", how.builder());
        map.put("emulated", how.emulated());
        map.put("seconds", how.seconds());
        map.put("log", how.log());
        return map;
    }

    private static LinkedHashMap<String, Object> map(PublishedPlatform platform) {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        map.put("platform", platform.platform().toString());
        map.put("digest", platform.digest().toString());
        map.put("size", platform.size());
        map.put(
                "attestations",
                new ArrayList<>(
                        platform.attestations().stream().map(Digest::toString).toList()));
        return map;
    }

    /** Repository and digest: what to pull, and what later steps take as {@code image}; nothing where it was not published. */
    @Whitelisted
    public @CheckForNull String getReference() {
        return reference;
    }

    @Whitelisted
    public String getRepository() {
        return repository;
    }

    /** The digest of the index. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** The tags that lead to it. */
    @Whitelisted
    public List<String> getTags() {
        return List.copyOf(tags);
    }

    /**
     * One map a platform: {@code platform}, {@code digest}, {@code size} of its manifest in bytes, {@code attestations}; of
     * one that buildMultiArch built also {@code agent}, {@code builder}, {@code emulated}, {@code seconds} and {@code log}.
     */
    @Whitelisted
    public List<Map<String, Object>> getPlatforms() {
        return List.copyOf(platforms);
    }

    /** The name that {@code unstageImage} takes, where archives of it were kept. */
    @Whitelisted
    public @CheckForNull String getArchive() {
        return archive;
    }

    /** The commit that all platforms were built of, where it is known. */
    @Whitelisted
    public @CheckForNull String getRevision() {
        return revision;
    }

    @Whitelisted
    @Override
    public String toString() {
        return reference == null ? repository + "@" + digest : reference;
    }
}
