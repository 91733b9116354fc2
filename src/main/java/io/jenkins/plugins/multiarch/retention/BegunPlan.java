package io.jenkins.plugins.multiarch.retention;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a plan deletes that was begun and broke off.
 *
 * @param manifests by their repository
 * @param tags that go from manifests that stay, likewise
 */
public record BegunPlan(PlanHash hash, Map<Repository, Set<Digest>> manifests, Map<Repository, Set<Tag>> tags) {
    public BegunPlan {
        manifests = Map.copyOf(manifests);
        tags = Map.copyOf(tags);
    }

    /** Reads what {@link RetentionPlan#toJson} wrote. */
    public static BegunPlan parse(byte[] bytes) {
        ObjectNode json = Json.read(bytes, "The plan that was begun");
        Map<Repository, Set<Digest>> manifests = new LinkedHashMap<>();
        Map<Repository, Set<Tag>> tags = new LinkedHashMap<>();
        for (JsonNode plan : json.path("repositories")) {
            Repository repository = Repository.parse(plan.path("repository").asText(""));
            Set<Digest> deleted = new TreeSet<>();
            for (JsonNode manifest : plan.path("manifests")) {
                if (!manifest.path("kept").asBoolean(true)) {
                    deleted.add(Digest.parse(manifest.path("digest").asText("")));
                }
            }
            manifests.put(repository, deleted);
            Set<Tag> untagged = new TreeSet<>();
            plan.path("untag")
                    .forEach(untag -> untagged.add(new Tag(untag.path("tag").asText(""))));
            tags.put(repository, untagged);
        }
        return new BegunPlan(PlanHash.parse(json.path("hash").asText("")), manifests, tags);
    }

    /** The same request, which sees what was not come to. */
    RetentionRequest of(RetentionRequest request) {
        return new RetentionRequest(
                request.repositories(), request.rules(), request.roots(), new LeftBehind(hash.time(), manifests));
    }

    /** @throws ReleaseException if something goes now that did not go then */
    void refuseUnlessCovers(RetentionPlan rest) {
        for (RepositoryPlan plan : rest.repositories()) {
            Set<Digest> agreed = manifests.getOrDefault(plan.repository(), Set.of());
            for (PlannedManifest manifest : plan.deleted()) {
                refuseUnless(agreed.contains(manifest.digest()), plan.repository() + "@" + manifest.digest());
            }
            Set<Tag> untagged = tags.getOrDefault(plan.repository(), Set.of());
            for (PlannedUntag untag : plan.untags()) {
                refuseUnless(untagged.contains(untag.tag()), plan.repository() + ":" + untag.tag());
            }
        }
    }

    private void refuseUnless(boolean agreed, String name) {
        if (!agreed) {
            throw new ReleaseException(
                    "Nothing more was deleted: " + name + " would go now, and the plan " + hash
                            + ", which broke off, does not name it.",
                    "Look at a new plan, then apply that one.");
        }
    }
}
