package io.jenkins.plugins.multiarch.retention.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.retention.Removal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Deletes images of one repository by {@code BatchDeleteImage}, whose failures come one by one in an answer of 200. */
final class EcrDeletion {
    private static final int BATCH = 100;
    private static final String LISTED = "ImageReferencedByManifestList";

    private final EcrApi api;
    private final Repository repository;
    private final Map<Digest, Removal> removals = new HashMap<>();

    EcrDeletion(EcrApi api, Repository repository) {
        this.api = api;
        this.repository = repository;
    }

    /**
     * Deletes all that it can; what an index lists is tried again as long as something else goes.
     *
     * @throws RegistryException if nothing is deleted because the first batch is refused
     */
    List<Removal> delete(List<Digest> digests) throws InterruptedException {
        List<Digest> left = digests.stream().distinct().toList();
        for (int pass = 1; !left.isEmpty(); pass++) {
            List<Digest> listed = pass(left);
            if (listed.size() == left.size()) {
                listed.forEach(digest ->
                        removals.put(digest, Removal.kept("an index lists it, and ECR keeps what is listed")));
                break;
            }
            left = listed;
            if (!left.isEmpty()) {
                api.pause(pass);
            }
        }
        return digests.stream().map(removals::get).toList();
    }

    /** @return what was refused because an index lists it */
    private List<Digest> pass(List<Digest> digests) throws InterruptedException {
        List<Digest> listed = new ArrayList<>();
        for (int from = 0; from < digests.size(); from += BATCH) {
            List<Digest> batch = digests.subList(from, Math.min(digests.size(), from + BATCH));
            try {
                listed.addAll(batch(batch));
            } catch (RegistryException e) {
                if (removals.isEmpty() && listed.isEmpty()) {
                    throw e;
                }
                batch.forEach(digest -> removals.put(digest, Removal.failed(e.getMessage())));
            }
        }
        return listed;
    }

    private List<Digest> batch(List<Digest> batch) throws InterruptedException {
        ObjectNode parameters = api.about(repository);
        ArrayNode ids = parameters.putArray("imageIds");
        batch.forEach(digest -> ids.addObject().put("imageDigest", digest.toString()));
        JsonNode json = api.require("BatchDeleteImage", parameters);
        Map<String, Removal> said = new HashMap<>();
        json.path("imageIds").forEach(id -> said.put(id.path("imageDigest").asText(), Removal.DELETED));
        List<Digest> listed = new ArrayList<>();
        for (JsonNode failure : json.path("failures")) {
            String digest = failure.path("imageId").path("imageDigest").asText();
            said.put(digest, removal(failure));
            if (failure.path("failureCode").asText().equals(LISTED)) {
                batch.stream().filter(one -> one.toString().equals(digest)).forEach(listed::add);
            }
        }
        for (Digest digest : batch) {
            removals.put(
                    digest, said.getOrDefault(digest.toString(), Removal.failed("ECR does not say what became of it")));
        }
        return listed;
    }

    /** Takes a tag off an image that has others. */
    Removal delete(Tag tag) throws InterruptedException {
        ObjectNode parameters = api.about(repository);
        parameters.putArray("imageIds").addObject().put("imageTag", tag.name());
        JsonNode failures = api.require("BatchDeleteImage", parameters).path("failures");
        return failures.isEmpty() ? Removal.DELETED : removal(failures.path(0));
    }

    private static Removal removal(JsonNode failure) {
        String code = failure.path("failureCode").asText();
        return code.equals("ImageNotFound")
                ? Removal.GONE
                : Removal.failed("ECR answers with " + Shown.of(code) + " ("
                        + Shown.of(failure.path("failureReason").asText()) + ")");
    }
}
