package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.promote.MovedTag;
import io.jenkins.plugins.multiarch.promote.PlannedCopy;
import io.jenkins.plugins.multiarch.promote.PlannedImage;
import io.jenkins.plugins.multiarch.promote.PlannedTag;
import io.jenkins.plugins.multiarch.promote.PromotionPlan;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a promotion did, or would do, to each tag, as a Pipeline sees it. */
public final class PromotedTags implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean changed;
    private final String supersededBy;
    private final ArrayList<String> lagging;
    private final @CheckForNull String release;
    private final ArrayList<String> unrecorded;
    private final ArrayList<LinkedHashMap<String, Object>> tags = new ArrayList<>();
    private @CheckForNull String hash;
    private final ArrayList<LinkedHashMap<String, Object>> images = new ArrayList<>();
    private final ArrayList<LinkedHashMap<String, Object>> copies = new ArrayList<>();
    private long bytesToCopy;

    PromotedTags(io.jenkins.plugins.multiarch.promote.PromotedTags promoted) {
        this.changed = promoted.isChanged();
        this.supersededBy = promoted.supersededBy();
        this.lagging = new ArrayList<>(promoted.lagging());
        this.release = promoted.release().map(Digest::toString).orElse(null);
        this.unrecorded = new ArrayList<>(promoted.unrecorded());
        promoted.tags().forEach(tag -> tags.add(map(tag)));
    }

    PromotedTags(PromotionPlan plan) {
        this(plan.promoted());
        tags.clear();
        plan.tags().forEach(tag -> tags.add(map(tag)));
        plan.images().forEach(image -> images.add(map(image)));
        plan.copies().forEach(copy -> copies.add(map(copy)));
        hash = plan.hash().toString();
        bytesToCopy = plan.bytesToCopy();
    }

    private static LinkedHashMap<String, Object> map(MovedTag tag) {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        map.put("reference", tag.reference().toString());
        map.put("repository", tag.repository().toString());
        map.put("tag", tag.tag().name());
        map.put("previous", tag.previous().map(Digest::toString).orElse(""));
        map.put("digest", tag.digest().toString());
        map.put("changed", tag.changed());
        if (!tag.reason().isEmpty()) {
            map.put("reason", tag.reason());
        }
        return map;
    }

    private static LinkedHashMap<String, Object> map(PlannedTag planned) {
        LinkedHashMap<String, Object> map = map(planned.tag());
        map.put("fromVersion", planned.from());
        map.put("toVersion", planned.to());
        map.put("platformsAdded", names(planned.added()));
        map.put("platformsLost", names(planned.lost()));
        return map;
    }

    private static ArrayList<String> names(List<Platform> platforms) {
        return new ArrayList<>(platforms.stream().map(Platform::toString).toList());
    }

    private static LinkedHashMap<String, Object> map(PlannedImage image) {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        map.put("image", image.image().toString());
        map.put("builds", new ArrayList<>(image.evidence().builds()));
        map.put("evidence", new ArrayList<>(image.evidence().types()));
        map.put("required", image.required());
        return map;
    }

    private static LinkedHashMap<String, Object> map(PlannedCopy copy) {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        map.put("image", copy.image().toString());
        map.put("target", copy.target().toString());
        map.put("bytes", copy.bytes());
        return map;
    }

    /** Whether any tag moved, or would. */
    @Whitelisted
    public boolean isChanged() {
        return changed;
    }

    /** Whether somebody promoted something newer, so that nothing was promoted. */
    @Whitelisted
    public boolean isSuperseded() {
        return !supersededBy.isEmpty();
    }

    /** What newer release somebody else set meanwhile, so that nothing was promoted; empty where nobody did. */
    @Whitelisted
    public String getSupersededBy() {
        return supersededBy;
    }

    /** Mirrors that stayed behind, each as a sentence with the reason. */
    @Whitelisted
    public List<String> getLagging() {
        return List.copyOf(lagging);
    }

    /** What the receipts beside the images call the release; nothing where none were to be left. */
    @Whitelisted
    public @CheckForNull String getRelease() {
        return release;
    }

    /** Receipts that could not be left, each as a sentence with the reason; the tags have moved all the same. */
    @Whitelisted
    public List<String> getUnrecorded() {
        return List.copyOf(unrecorded);
    }

    /**
     * One map a tag: {@code reference} (repository and digest), {@code repository}, {@code tag}, {@code previous} (the digest
     * it led to before, or empty), {@code digest} and {@code changed}; {@code reason} where it was left where it is although
     * that is elsewhere. In a plan also {@code fromVersion}, {@code toVersion}, {@code platformsAdded} and
     * {@code platformsLost}.
     */
    @Whitelisted
    public List<Map<String, Object>> getTags() {
        return List.copyOf(tags);
    }

    /** The hash of a plan, to be applied by; nothing after a promotion. */
    @Whitelisted
    public @CheckForNull String getHash() {
        return hash;
    }

    /**
     * Of a plan, one map for each image that would get tags: {@code image}, {@code builds} (what its provenance calls the builds
     * that made it), {@code evidence} (what lies beside it, by its labels), {@code required} (whether it satisfies what was
     * required; otherwise nothing of this is verified).
     */
    @Whitelisted
    public List<Map<String, Object>> getImages() {
        return List.copyOf(images);
    }

    /** One map for each image that a plan would copy: {@code image}, {@code target}, {@code bytes}. */
    @Whitelisted
    public List<Map<String, Object>> getCopies() {
        return List.copyOf(copies);
    }

    /** Bytes that all copies of a plan together would send now. */
    @Whitelisted
    public long getBytesToCopy() {
        return bytesToCopy;
    }

    /** The promoted images by digest, each once, parted by blanks. */
    @Whitelisted
    @Override
    public String toString() {
        return tags.stream()
                .map(tag -> tag.get("reference").toString())
                .distinct()
                .collect(Collectors.joining(" "));
    }
}
