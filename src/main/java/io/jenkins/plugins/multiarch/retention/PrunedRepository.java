package io.jenkins.plugins.multiarch.retention;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.retention.Removal.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was deleted of one repository.
 *
 * @param manifests what became of each that the plan deletes
 * @param tags what became of each that the plan takes off a manifest that stays
 * @param putBack deleted ones that somebody came to need meanwhile, and that are there again
 * @param checked manifests and blobs of what stays, all of which were asked for afterwards
 * @param lacking what the plan found missing already of what stays, and is missing still, each a sentence
 * @param broken what stays and cannot be pulled as a whole, each a sentence
 */
public record PrunedRepository(
        Repository repository,
        Map<Digest, Removal> manifests,
        Map<Tag, Removal> tags,
        List<Digest> putBack,
        int checked,
        List<String> lacking,
        List<String> broken) {

    public PrunedRepository {
        manifests = java.util.Collections.unmodifiableMap(new TreeMap<>(manifests));
        tags = java.util.Collections.unmodifiableMap(new TreeMap<>(tags));
        putBack = List.copyOf(putBack);
        lacking = List.copyOf(lacking);
        broken = List.copyOf(broken);
    }

    /** Of which nothing was checked. */
    static PrunedRepository of(
            Repository repository, Map<Digest, Removal> manifests, Map<Tag, Removal> tags, List<String> broken) {
        return new PrunedRepository(repository, manifests, tags, List.of(), 0, List.of(), broken);
    }

    /** Of which nothing was deleted. */
    static PrunedRepository left(RepositoryPlan plan, String reason) {
        Map<Digest, Removal> manifests = new TreeMap<>();
        Map<Tag, Removal> tags = new TreeMap<>();
        plan.deleted().forEach(manifest -> manifests.put(manifest.digest(), Removal.failed(reason)));
        plan.untags().forEach(untag -> tags.put(untag.tag(), Removal.failed(reason)));
        return of(plan.repository(), manifests, tags, List.of());
    }

    /** How many manifests ended so. */
    public long count(Outcome outcome) {
        return manifests.values().stream()
                .filter(removal -> removal.outcome() == outcome)
                .count();
    }

    /** For a log. */
    String line() {
        return repository + ": deleted " + count(Outcome.DELETED) + " manifests, " + count(Outcome.GONE)
                + " were gone, " + count(Outcome.KEPT) + " kept by the registry or needed again, "
                + count(Outcome.FAILED) + " failed; " + (broken.isEmpty() ? "" : "not all of ") + checked
                + " manifests and blobs of what stays are there.";
    }

    /** <code>{"repository", "manifests": [{"digest", "outcome", "reason"}], "tags": [], "putBack": [], "checked", "lacking": [], "broken": []}</code>. */
    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("repository", repository.toString());
        ArrayNode all = json.putArray("manifests");
        manifests.forEach((digest, removal) -> all.add(described(removal).put("digest", digest.toString())));
        ArrayNode untagged = json.putArray("tags");
        tags.forEach((tag, removal) -> untagged.add(described(removal).put("tag", tag.name())));
        ArrayNode again = json.putArray("putBack");
        putBack.forEach(digest -> again.add(digest.toString()));
        json.put("checked", checked);
        lacking.forEach(json.putArray("lacking")::add);
        broken.forEach(json.putArray("broken")::add);
        return json;
    }

    private static ObjectNode described(Removal removal) {
        return Json.object()
                .put("outcome", removal.outcome().name().toLowerCase(Locale.ROOT))
                .put("reason", removal.reason());
    }
}
