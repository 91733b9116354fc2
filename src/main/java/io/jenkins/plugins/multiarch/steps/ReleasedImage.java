package io.jenkins.plugins.multiarch.steps;

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

    private final String reference;
    private final String repository;
    private final String digest;
    private final ArrayList<String> tags;
    private final ArrayList<LinkedHashMap<String, Object>> platforms = new ArrayList<>();

    ReleasedImage(PublishedImage image) {
        this.reference = image.reference().toString();
        this.repository = image.reference().repository().toString();
        this.digest = image.digest().toString();
        this.tags = new ArrayList<>(image.tags().stream().map(Tag::name).toList());
        image.platforms().forEach(platform -> platforms.add(map(platform)));
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

    /** Repository and digest: what to pull, and what later steps take as {@code image}. */
    @Whitelisted
    public String getReference() {
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

    /** One map a platform: {@code platform}, {@code digest}, {@code size} of its manifest in bytes, {@code attestations}. */
    @Whitelisted
    public List<Map<String, Object>> getPlatforms() {
        return List.copyOf(platforms);
    }

    @Whitelisted
    @Override
    public String toString() {
        return reference;
    }
}
