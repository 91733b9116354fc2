package io.jenkins.plugins.multiarch.retention;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.retention.ManifestStore.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What would become of one repository.
 *
 * @param provider whose way of deleting is used
 * @param manifests all of them, by their digests
 * @param untags tags that go from manifests that stay
 * @param freed bytes of manifests and blobs that nothing needs any more
 * @param notes what was found wrong already, each a sentence
 * @param refusal why it would be refused, a sentence; empty where it would not
 */
public record RepositoryPlan(
        Repository repository,
        String provider,
        Optional<Visibility> visibility,
        List<PlannedManifest> manifests,
        List<PlannedUntag> untags,
        long freed,
        List<String> notes,
        String refusal) {
    public RepositoryPlan {
        manifests = List.copyOf(manifests);
        untags = List.copyOf(untags);
        notes = List.copyOf(notes);
    }

    public List<PlannedManifest> deleted() {
        return manifests.stream().filter(manifest -> !manifest.kept()).toList();
    }

    /** Manifests and tags that go. */
    public int changes() {
        return deleted().size() + untags.size();
    }

    /** For a log: what goes, what stays by a name of its own, and a summary. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        manifests.stream()
                .filter(manifest -> manifest.kept() && !manifest.tags().isEmpty())
                .forEach(manifest -> lines.add(repository + ": " + manifest.line()));
        deleted().forEach(manifest -> lines.add(repository + ": " + manifest.line()));
        untags.forEach(untag -> lines.add(repository + ": " + untag.line()));
        notes.forEach(note -> lines.add(repository + ": " + note));
        lines.add(repository + ": " + deleted().size() + " of " + manifests.size() + " manifests and " + untags.size()
                + " more tags would go, " + freed + " bytes freed by " + provider
                + visibility
                        .map(who -> ", " + who.name().toLowerCase(Locale.ROOT))
                        .orElse("") + ".");
        if (!refusal.isEmpty()) {
            lines.add(repository + ": " + refusal);
        }
        return lines;
    }

    /** What a plan is recognised by: what goes, in the order of the digests and tags. */
    ObjectNode identity() {
        ObjectNode json = Json.object();
        json.put("repository", repository.toString());
        ArrayNode digests = json.putArray("delete");
        deleted().stream()
                .map(PlannedManifest::digest)
                .sorted()
                .map(Digest::toString)
                .forEach(digests::add);
        ArrayNode tags = json.putArray("untag");
        untags.stream()
                .map(untag -> untag.tag() + "@" + untag.digest())
                .sorted()
                .forEach(tags::add);
        return json;
    }

    /**
     * <code>{"repository", "provider", "visibility", "freed", "manifests": [], "untag": [], "notes": [], "refusal"}</code>.
     */
    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("repository", repository.toString());
        json.put("provider", provider);
        visibility.ifPresent(who -> json.put("visibility", who.name().toLowerCase(Locale.ROOT)));
        json.put("freed", freed);
        ArrayNode all = json.putArray("manifests");
        manifests.forEach(manifest -> all.add(manifest.toJson()));
        ArrayNode tags = json.putArray("untag");
        untags.forEach(untag -> tags.add(untag.toJson()));
        notes.forEach(json.putArray("notes")::add);
        json.put("refusal", refusal);
        return json;
    }
}
