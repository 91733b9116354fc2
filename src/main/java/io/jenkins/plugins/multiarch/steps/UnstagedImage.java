package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.staging.StageRecord;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** A staged image in the form that was asked for, as a Pipeline sees it. */
public final class UnstagedImage implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String reference;
    private final String digest;
    private final ArrayList<String> tags;
    private final ArrayList<LinkedHashMap<String, Object>> platforms;
    private final String archive;
    private final String layout;
    private final String loaded;

    UnstagedImage(StageRecord record, UnstageRequest request, Optional<ImageRef> pushed) {
        this.name = record.name();
        this.digest = record.digest().toString();
        this.tags = request.tags();
        this.platforms = StagedImage.maps(record);
        this.archive = text(request.archive());
        this.layout = text(request.layout());
        this.loaded = request.load() == null ? "" : request.loadedName();
        this.reference = pushed.map(ImageRef::toString).orElseGet(this::local);
    }

    private static String text(@CheckForNull String text) {
        return text == null ? "" : text;
    }

    private String local() {
        if (!archive.isEmpty()) {
            return "oci-archive:" + archive;
        }
        return layout.isEmpty() ? "docker-daemon:" + loaded : "oci:" + layout + ":" + name;
    }

    @Whitelisted
    public String getName() {
        return name;
    }

    /**
     * What later steps take as {@code image}: repository and digest where it was pushed, else the archive, layout or loaded
     * image as skopeo would name it.
     */
    @Whitelisted
    public String getReference() {
        return reference;
    }

    /** The digest of its index, or of its manifest where it is of one platform; the one it had when it was staged. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** The tags that lead to it where it was pushed. */
    @Whitelisted
    public List<String> getTags() {
        return List.copyOf(tags);
    }

    /** One map a platform, as {@code stageImage} returns them. */
    @Whitelisted
    public List<Map<String, Object>> getPlatforms() {
        return List.copyOf(platforms);
    }

    /** The archive in the workspace, or empty. */
    @Whitelisted
    public String getArchive() {
        return archive;
    }

    /** The folder in the workspace, or empty. */
    @Whitelisted
    public String getLayout() {
        return layout;
    }

    /** What the image is called in the node's docker, or empty. */
    @Whitelisted
    public String getLoaded() {
        return loaded;
    }

    @Whitelisted
    @Override
    public String toString() {
        return reference;
    }
}
