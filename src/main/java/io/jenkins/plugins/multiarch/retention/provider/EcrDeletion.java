package io.jenkins.plugins.multiarch.retention.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.ApiAnswer;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.retention.DoomedManifest;
import io.jenkins.plugins.multiarch.retention.Removal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Deletes images of one repository by {@code BatchDeleteImage}, whose failures come one by one in an answer of 200.
 *
 * <p>An image with tags is named by pairs of its digest and each of them: it goes with the last, and stays where somebody gave
 * it one more; a tag that leads somewhere else by now stays too.
 */
final class EcrDeletion {
    private static final int BATCH = 100;
    private static final String LISTED = "ImageReferencedByManifestList";
    private static final Set<String> GONE = Set.of("ImageNotFound", "ImageTagDoesNotMatchDigest");

    private final EcrApi api;
    private final Registry registry;
    private final Repository repository;
    private final Map<Digest, Removal> removals = new HashMap<>();

    EcrDeletion(EcrApi api, Registry registry, Repository repository) {
        this.api = api;
        this.registry = registry;
        this.repository = repository;
    }

    /**
     * Deletes all that it can; what an index lists is tried again as long as something else goes.
     *
     * @throws RegistryException if nothing is deleted because the first batch is refused
     */
    List<Removal> delete(List<DoomedManifest> manifests) throws InterruptedException {
        List<DoomedManifest> left = manifests.stream().distinct().toList();
        for (int pass = 1; !left.isEmpty(); pass++) {
            List<DoomedManifest> listed = pass(left);
            if (listed.size() == left.size()) {
                listed.forEach(manifest -> removals.put(
                        manifest.digest(), Removal.kept("an index lists it, and ECR keeps what is listed")));
                break;
            }
            left = listed;
            if (!left.isEmpty()) {
                api.pause(pass);
            }
        }
        return manifests.stream()
                .map(manifest -> removals.get(manifest.digest()))
                .toList();
    }

    /** @return what was refused because an index lists it */
    private List<DoomedManifest> pass(List<DoomedManifest> manifests) throws InterruptedException {
        List<DoomedManifest> listed = new ArrayList<>();
        for (List<DoomedManifest> batch : batches(manifests)) {
            try {
                listed.addAll(batch(batch));
            } catch (RegistryException e) {
                if (removals.isEmpty() && listed.isEmpty()) {
                    throw e;
                }
                Removal removal = e.code().equals("TOOMANYREQUESTS")
                        ? Removal.ended(e.getMessage())
                        : Removal.failed(e.getMessage());
                batch.forEach(manifest -> removals.put(manifest.digest(), removal));
            }
        }
        return listed;
    }

    /** As many together as there may be names in a request. */
    private static List<List<DoomedManifest>> batches(List<DoomedManifest> manifests) {
        List<List<DoomedManifest>> batches = new ArrayList<>();
        int names = BATCH;
        for (DoomedManifest manifest : manifests) {
            int more = Math.max(1, manifest.tags().size());
            if (names + more > BATCH) {
                batches.add(new ArrayList<>());
                names = 0;
            }
            names += more;
            batches.get(batches.size() - 1).add(manifest);
        }
        return batches;
    }

    private List<DoomedManifest> batch(List<DoomedManifest> batch) throws InterruptedException {
        Map<String, List<JsonNode>> failures = new HashMap<>();
        Set<String> deleted = new HashSet<>();
        List<ObjectNode> ids = batch.stream().flatMap(one -> ids(one).stream()).toList();
        for (int from = 0; from < ids.size(); from += BATCH) {
            JsonNode json = require(ids.subList(from, Math.min(ids.size(), from + BATCH)));
            json.path("imageIds").forEach(id -> deleted.add(digest(id)));
            json.path("failures")
                    .forEach(failure -> failures.computeIfAbsent(
                                    digest(failure.path("imageId")), none -> new ArrayList<>())
                            .add(failure));
        }
        List<DoomedManifest> listed = new ArrayList<>();
        for (DoomedManifest manifest : batch) {
            String digest = manifest.digest().toString();
            List<JsonNode> refused = failures.getOrDefault(digest, List.of());
            if (refused.stream().anyMatch(failure -> code(failure).equals(LISTED))) {
                listed.add(manifest);
            }
            removals.put(manifest.digest(), removal(manifest, deleted.contains(digest), refused));
        }
        return listed;
    }

    private static String digest(JsonNode id) {
        return id.path("imageDigest").asText();
    }

    private static String code(JsonNode failure) {
        return failure.path("failureCode").asText();
    }

    private static List<ObjectNode> ids(DoomedManifest manifest) {
        List<ObjectNode> ids = new ArrayList<>();
        manifest.tags().forEach(tag -> ids.add(id(manifest.digest()).put("imageTag", tag.name())));
        return ids.isEmpty() ? List.of(id(manifest.digest())) : ids;
    }

    private static ObjectNode id(Digest digest) {
        return Json.object().put("imageDigest", digest.toString());
    }

    private JsonNode require(List<ObjectNode> ids) throws InterruptedException {
        ObjectNode parameters = api.about(repository);
        parameters.putArray("imageIds").addAll(ids);
        return api.require("BatchDeleteImage", parameters);
    }

    private Removal removal(DoomedManifest manifest, boolean deleted, List<JsonNode> failures)
            throws InterruptedException {
        List<JsonNode> real = failures.stream()
                .filter(failure -> !GONE.contains(code(failure)))
                .toList();
        if (!real.isEmpty()) {
            return failed(real.get(0));
        }
        if (!deleted && failures.isEmpty()) {
            return Removal.failed("ECR does not say what became of it");
        }
        boolean mayStay = !manifest.tags().isEmpty()
                && registry.head(repository, manifest.digest()).isPresent();
        if (mayStay) {
            return withoutItsTags(manifest);
        }
        return deleted ? Removal.DELETED : Removal.GONE;
    }

    /** What became of an image whose tags went and that is there still. */
    private Removal withoutItsTags(DoomedManifest manifest) throws InterruptedException {
        Set<Tag> now = tags(manifest.digest());
        if (!now.isEmpty()) {
            return manifest.keptBy(now).orElse(Removal.failed("ECR has not taken its tags off yet"));
        }
        JsonNode failures = require(List.of(id(manifest.digest()))).path("failures");
        return failures.isEmpty() || GONE.contains(code(failures.path(0)))
                ? Removal.DELETED
                : failed(failures.path(0));
    }

    /** The tags of an image, none where it is gone. */
    Set<Tag> tags(Digest digest) throws InterruptedException {
        ObjectNode parameters = api.about(repository);
        ArrayNode ids = parameters.putArray("imageIds");
        ids.add(id(digest));
        ApiAnswer image = api.call("DescribeImages", parameters);
        if (!image.isSuccess() && !image.code().equals("ImageNotFoundException")) {
            throw EcrApi.refused(image);
        }
        Set<Tag> tags = new HashSet<>();
        if (image.isSuccess()) {
            image.json()
                    .path("imageDetails")
                    .path(0)
                    .path("imageTags")
                    .forEach(tag -> tags.add(new Tag(tag.asText())));
        }
        return tags;
    }

    private static Removal failed(JsonNode failure) {
        return Removal.failed("ECR answers with " + Shown.of(code(failure)) + " ("
                + Shown.of(failure.path("failureReason").asText()) + ")");
    }

    /** Takes a tag off an image that has others. */
    Removal untag(Tag tag, Digest stays) throws InterruptedException {
        JsonNode failures = require(List.of(id(stays).put("imageTag", tag.name()))).path("failures");
        if (failures.isEmpty()) {
            return Removal.DELETED;
        }
        return GONE.contains(code(failures.path(0))) ? Removal.GONE : failed(failures.path(0));
    }
}
