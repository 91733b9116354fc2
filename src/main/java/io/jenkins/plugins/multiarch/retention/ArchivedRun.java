package io.jenkins.plugins.multiarch.retention;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.retention.Removal.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Follows the runs of an archive, between whose lines stands where one began and where it finished. */
final class ArchivedRun {
    private static final String BEGUN = "begun";
    private static final String FINISHED = "finished";

    private final Map<Repository, Set<Digest>> left = new HashMap<>();
    private Instant since = Instant.EPOCH;

    /** <code>{"begun": HASH}</code>. */
    static ObjectNode begun(PlanHash plan) {
        return Json.object().put(BEGUN, plan.toString());
    }

    /** <code>{"finished": HASH, "left": [{"repository", "digests": []}]}</code>, with what could not be deleted. */
    static ObjectNode finished(PruneReport report) {
        ObjectNode json = Json.object().put(FINISHED, report.plan().toString());
        ArrayNode all = json.putArray("left");
        for (PrunedRepository pruned : report.repositories()) {
            ArrayNode digests = all.addObject()
                    .put("repository", pruned.repository().toString())
                    .putArray("digests");
            pruned.manifests().forEach((digest, removal) -> {
                if (removal.outcome() == Outcome.FAILED) {
                    digests.add(digest.toString());
                }
            });
        }
        return json;
    }

    static boolean isMark(ObjectNode line) {
        return line.has(BEGUN) || line.has(FINISHED);
    }

    /** Sees where a run began or finished. */
    void see(ObjectNode mark) {
        if (mark.has(FINISHED)) {
            left.clear();
            since = time(mark, FINISHED);
            for (JsonNode one : mark.path("left")) {
                Set<Digest> digests = of(Repository.parse(one.path("repository").asText("")));
                one.path("digests").forEach(digest -> digests.add(Digest.parse(digest.asText(""))));
            }
        } else if (left.values().stream().allMatch(Set::isEmpty)) {
            since = time(mark, BEGUN);
        }
    }

    private static Instant time(ObjectNode mark, String name) {
        return PlanHash.parse(mark.path(name).asText("")).time();
    }

    /** Sees a manifest that was about to be deleted, and after it what it lists. */
    void see(ArchivedManifest manifest) {
        of(manifest.repository()).add(manifest.digest());
        of(manifest.repository()).addAll(Node.of(manifest.manifest()).manifests());
    }

    private Set<Digest> of(Repository repository) {
        return left.computeIfAbsent(repository, none -> new TreeSet<>());
    }

    LeftBehind left() {
        return new LeftBehind(since, left);
    }
}
