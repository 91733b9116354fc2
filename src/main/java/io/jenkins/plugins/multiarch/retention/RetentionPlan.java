package io.jenkins.plugins.multiarch.retention;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What would be deleted, and why; to be looked at and then applied by its hash.
 *
 * @param time in whole seconds; ages are counted from then
 * @param notes of rules that mean nothing there, each a sentence
 * @param refusal why all of it would be refused, a sentence; empty where it would not
 */
public record RetentionPlan(Instant time, List<RepositoryPlan> repositories, List<String> notes, String refusal) {
    private static final int VERSION = 1;

    public RetentionPlan {
        repositories = List.copyOf(repositories);
        notes = List.copyOf(notes);
    }

    public PlanHash hash() {
        ArrayNode array = Json.object().putArray("repositories");
        repositories.forEach(repository -> array.add(repository.identity()));
        ObjectNode json = Json.object();
        json.put("version", VERSION);
        json.put("time", time.toString());
        json.set("repositories", array);
        return new PlanHash(time, Digest.sha256(Json.write(json)));
    }

    /** Manifests and tags that go. */
    public int changes() {
        return repositories.stream().mapToInt(RepositoryPlan::changes).sum();
    }

    /** Bytes. */
    public long freed() {
        return repositories.stream().mapToLong(RepositoryPlan::freed).sum();
    }

    /** Why it would be refused, each a sentence. */
    public List<String> refusals() {
        List<String> all = new ArrayList<>();
        repositories.stream()
                .filter(plan -> !plan.refusal().isEmpty())
                .forEach(plan -> all.add(plan.repository() + ": " + plan.refusal()));
        if (!refusal.isEmpty()) {
            all.add(refusal);
        }
        return all;
    }

    /** The plan for a log. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        repositories.forEach(repository -> lines.addAll(repository.lines()));
        lines.addAll(notes);
        if (!refusal.isEmpty()) {
            lines.add(refusal);
        }
        return lines;
    }

    /** <code>{"version": 1, "hash", "time", "changes", "freed", "repositories": [], "notes": [], "refusals": []}</code>. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("version", VERSION);
        json.put("hash", hash().toString());
        json.put("time", time.toString());
        json.put("changes", changes());
        json.put("freed", freed());
        ArrayNode all = json.putArray("repositories");
        repositories.forEach(repository -> all.add(repository.toJson()));
        notes.forEach(json.putArray("notes")::add);
        refusals().forEach(json.putArray("refusals")::add);
        return json;
    }
}
