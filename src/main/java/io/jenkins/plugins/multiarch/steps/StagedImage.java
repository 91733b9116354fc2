package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.staging.StageRecord;
import io.jenkins.plugins.multiarch.staging.StagedPlatform;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** An image that was staged, as a Pipeline sees it. */
public final class StagedImage implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String digest;
    private final ArrayList<LinkedHashMap<String, Object>> platforms;

    StagedImage(StageRecord record) {
        this.name = record.name();
        this.digest = record.digest().toString();
        this.platforms = maps(record);
    }

    static ArrayList<LinkedHashMap<String, Object>> maps(StageRecord record) {
        ArrayList<LinkedHashMap<String, Object>> maps = new ArrayList<>();
        for (StagedPlatform platform : record.platforms()) {
            LinkedHashMap<String, Object> map = new LinkedHashMap<>();
            map.put("platform", platform.platform().toString());
            map.put("digest", platform.digest().toString());
            map.put("size", platform.file().size());
            map.put("archive", StagedImages.path(record.name(), platform.archive()));
            map.put("sha256", platform.file().digest().hex());
            maps.add(map);
        }
        return maps;
    }

    /** What {@code unstageImage} takes as {@code name}. */
    @Whitelisted
    public String getName() {
        return name;
    }

    /** The digest that the image has in a registry: of its index, or of its manifest where it is of one platform. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /**
     * One map a platform: {@code platform}, {@code digest} of its manifest, and its {@code archive} among the artifacts with
     * {@code size} in bytes and {@code sha256}.
     */
    @Whitelisted
    public List<Map<String, Object>> getPlatforms() {
        return List.copyOf(platforms);
    }

    /** The archives' paths among the build's artifacts. */
    @Whitelisted
    public List<String> getArchives() {
        return platforms.stream()
                .map(platform -> (String) platform.get("archive"))
                .toList();
    }

    @Whitelisted
    @Override
    public String toString() {
        return name;
    }
}
