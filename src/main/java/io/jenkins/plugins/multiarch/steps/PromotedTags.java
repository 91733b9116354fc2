package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.promote.MovedTag;
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
    private final ArrayList<LinkedHashMap<String, Object>> tags = new ArrayList<>();

    PromotedTags(io.jenkins.plugins.multiarch.promote.PromotedTags promoted) {
        this.changed = promoted.isChanged();
        this.supersededBy = promoted.supersededBy();
        promoted.tags().forEach(tag -> tags.add(map(tag)));
    }

    private static LinkedHashMap<String, Object> map(MovedTag tag) {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        map.put("reference", tag.reference().toString());
        map.put("repository", tag.repository().toString());
        map.put("tag", tag.tag().name());
        map.put("previous", tag.previous().map(Digest::toString).orElse(""));
        map.put("digest", tag.digest().toString());
        map.put("changed", tag.changed());
        return map;
    }

    /** Whether any tag moved, or would. */
    @Whitelisted
    public boolean isChanged() {
        return changed;
    }

    /** What newer release somebody else set meanwhile, so that nothing was promoted; empty where nobody did. */
    @Whitelisted
    public String getSupersededBy() {
        return supersededBy;
    }

    /**
     * One map a tag: {@code reference} (repository and digest), {@code repository}, {@code tag}, {@code previous} (the digest
     * it led to before, or empty), {@code digest} and {@code changed}.
     */
    @Whitelisted
    public List<Map<String, Object>> getTags() {
        return List.copyOf(tags);
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
