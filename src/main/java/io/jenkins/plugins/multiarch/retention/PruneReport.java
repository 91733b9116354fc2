package io.jenkins.plugins.multiarch.retention;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.retention.Removal.Outcome;
import java.util.List;

/**
 * What was deleted.
 *
 * @param plan that was applied
 */
public record PruneReport(PlanHash plan, List<PrunedRepository> repositories) {
    private static final int VERSION = 1;

    public PruneReport {
        repositories = List.copyOf(repositories);
    }

    /** How many manifests ended so. */
    public long count(Outcome outcome) {
        return repositories.stream()
                .mapToLong(repository -> repository.count(outcome))
                .sum();
    }

    /** What stays and cannot be pulled as a whole; each a sentence. */
    public List<String> broken() {
        return repositories.stream()
                .flatMap(repository -> repository.broken().stream())
                .toList();
    }

    /** <code>{"version": 1, "plan", "repositories": []}</code>. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("version", VERSION);
        json.put("plan", plan.toString());
        ArrayNode all = json.putArray("repositories");
        repositories.forEach(repository -> all.add(repository.toJson()));
        return json;
    }
}
