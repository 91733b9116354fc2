package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.util.Comparator;
import java.util.Optional;

/** A tag with its repository, as a lock and a journal name it: {@code ghcr.io/acme/app:1.4}. */
public record TagName(Repository repository, Tag tag) implements Comparable<TagName> {
    private static final Comparator<TagName> ORDER =
            Comparator.comparing(TagName::repository).thenComparing(TagName::tag);

    /** What it leads to now; nothing where it is not there. */
    Optional<Digest> leadsTo(Registry registry) throws InterruptedException {
        return registry.head(repository, tag).map(Descriptor::digest);
    }

    @Override
    public int compareTo(TagName other) {
        return ORDER.compare(this, other);
    }

    ObjectNode toJson() {
        return Json.object().put("repository", repository.toString()).put("tag", tag.name());
    }

    static TagName read(JsonNode json) {
        return new TagName(
                Repository.parse(json.path("repository").asText("")),
                Tag.parse(json.path("tag").asText("")));
    }

    @Override
    public String toString() {
        return repository + ":" + tag;
    }
}
