package io.jenkins.plugins.multiarch.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.retention.PruneReport;
import io.jenkins.plugins.multiarch.retention.Removal.Outcome;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a pruning would delete, or deleted, as a Pipeline sees it. */
public final class PrunedVersions implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String hash;
    private final int changes;
    private final long freed;
    private final ArrayList<String> refusals;
    private final ArrayList<LinkedHashMap<String, Object>> repositories = new ArrayList<>();
    private boolean applied;
    private long deleted;
    private long gone;
    private long kept;
    private long failed;
    private ArrayList<String> broken = new ArrayList<>();
    private String archive = "";

    /** @param plan in JSON, as {@link io.jenkins.plugins.multiarch.retention.RetentionPlan#toJson} has it */
    PrunedVersions(ObjectNode plan) {
        hash = plan.path("hash").asText();
        changes = plan.path("changes").asInt();
        freed = plan.path("freed").asLong();
        refusals = texts(plan.path("refusals"));
        plan.path("repositories").forEach(repository -> repositories.add(map(repository)));
    }

    /**
     * @param plan that was carried out
     * @param archive the path of the artifact with what was deleted, or empty
     */
    PrunedVersions(ObjectNode plan, PruneReport report, String archive) {
        this(plan);
        applied = true;
        deleted = report.count(Outcome.DELETED);
        gone = report.count(Outcome.GONE);
        kept = report.count(Outcome.KEPT);
        failed = report.count(Outcome.FAILED);
        broken = new ArrayList<>(report.broken());
        this.archive = archive;
    }

    private static LinkedHashMap<String, Object> map(JsonNode plan) {
        int deleted = 0;
        for (JsonNode manifest : plan.path("manifests")) {
            deleted += manifest.path("kept").asBoolean() ? 0 : 1;
        }
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        map.put("repository", plan.path("repository").asText());
        map.put("provider", plan.path("provider").asText());
        map.put("visibility", plan.path("visibility").asText(""));
        map.put("deleted", deleted);
        map.put("untagged", plan.path("untag").size());
        map.put("kept", plan.path("manifests").size() - deleted);
        map.put("freed", plan.path("freed").asLong());
        map.put("notes", texts(plan.path("notes")));
        map.put("refusal", plan.path("refusal").asText());
        return map;
    }

    private static ArrayList<String> texts(JsonNode array) {
        ArrayList<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** What the plan is called, to be applied by. */
    @Whitelisted
    public String getHash() {
        return hash;
    }

    /** Manifests and tags that the plan deletes. */
    @Whitelisted
    public int getChanges() {
        return changes;
    }

    /** Bytes that nothing needs any more when it is carried out. */
    @Whitelisted
    public long getFreed() {
        return freed;
    }

    /** Why it would be refused to carry it out, each a sentence. */
    @Whitelisted
    public List<String> getRefusals() {
        return List.copyOf(refusals);
    }

    /**
     * One map a repository: {@code repository}, {@code provider}, {@code visibility} ({@code public}, {@code internal},
     * {@code private} or empty), {@code deleted} and {@code kept} manifests of the plan, {@code untagged} tags,
     * {@code freed} bytes, {@code notes} (what was found wrong already) and {@code refusal}.
     */
    @Whitelisted
    public List<Map<String, Object>> getRepositories() {
        return List.copyOf(repositories);
    }

    /** Whether it was carried out. */
    @Whitelisted
    public boolean isApplied() {
        return applied;
    }

    /** Manifests that were deleted. */
    @Whitelisted
    public long getDeleted() {
        return deleted;
    }

    /** Manifests that somebody else had deleted meanwhile. */
    @Whitelisted
    public long getGone() {
        return gone;
    }

    /** Manifests that the registry has a rule of its own for, or that somebody came to need meanwhile. */
    @Whitelisted
    public long getKept() {
        return kept;
    }

    /** Manifests that could not be deleted. */
    @Whitelisted
    public long getFailed() {
        return failed;
    }

    /** What stays and cannot be pulled as a whole, each a sentence. */
    @Whitelisted
    public List<String> getBroken() {
        return List.copyOf(broken);
    }

    /** The artifact from which what was deleted can be restored; empty where nothing was. */
    @Whitelisted
    public String getArchive() {
        return archive;
    }

    /** The hash of the plan. */
    @Whitelisted
    @Override
    public String toString() {
        return hash;
    }
}
