package io.jenkins.plugins.multiarch.retention;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.retention.Removal.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * What was deleted.
 *
 * @param plan that was applied
 * @param failure what ended it before all was come to, or what the check ended with; a limit is none
 */
public record PruneReport(
        PlanHash plan, List<PrunedRepository> repositories, Optional<ReleaseException> failure) {
    private static final int VERSION = 1;

    public PruneReport {
        repositories = List.copyOf(repositories);
    }

    public PruneReport(PlanHash plan, List<PrunedRepository> repositories) {
        this(plan, repositories, Optional.empty());
    }

    /** How many manifests ended so. */
    public long count(Outcome outcome) {
        return repositories.stream()
                .mapToLong(repository -> repository.count(outcome))
                .sum();
    }

    /** @throws ReleaseException if something ended it */
    public void refuseIfFailed() {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** What stays and cannot be pulled as a whole; each a sentence. */
    public List<String> broken() {
        return repositories.stream()
                .flatMap(repository -> repository.broken().stream())
                .toList();
    }

    /** <code>{"version": 1, "plan", "repositories": [], "failure"}</code>. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("version", VERSION);
        json.put("plan", plan.toString());
        ArrayNode all = json.putArray("repositories");
        repositories.forEach(repository -> all.add(repository.toJson()));
        failure.ifPresent(what -> json.put("failure", what.getMessage()));
        return json;
    }
}
