package io.jenkins.plugins.multiarch.retention.provider.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Amazon ECR's API, version 2015-09-21: DescribeImages and BatchDeleteImage. It checks the signatures of requests. */
public final class FakeEcr extends FakeProvider {
    public static final String ACCESS_KEY = "AKIDEXAMPLE";
    private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.";
    private static final int BATCH = 100;

    private final SignatureCheck signature;
    private final String account;
    private final String sessionToken;

    public FakeEcr(FakeRegistry registry, String account, String secret, String sessionToken) {
        super(registry, "/ecr");
        this.account = account;
        this.signature = new SignatureCheck(ACCESS_KEY, secret);
        this.sessionToken = sessionToken;
    }

    @Override
    public synchronized Reply answer(Asked asked) {
        if (!asked.header("X-Amz-Security-Token").equals(Optional.of(sessionToken))) {
            return error("UnrecognizedClientException", "The security token included in the request is invalid.");
        }
        if (!signature.holds(asked)) {
            return error("InvalidSignatureException", "The request signature we calculated does not match.");
        }
        JsonNode parameters = Json.read(asked.body(), "The parameters");
        String repository = parameters.path("repositoryName").asText();
        if (!parameters.path("registryId").asText().equals(account)
                || registry().manifests(repository).isEmpty()) {
            return error("RepositoryNotFoundException", "The repository does not exist in the registry.");
        }
        return switch (asked.header("X-Amz-Target").orElse("")) {
            case TARGET + "DescribeImages" -> describe(repository, parameters);
            case TARGET + "BatchDeleteImage" -> delete(repository, parameters.path("imageIds"));
            default -> error("UnknownOperationException", "");
        };
    }

    private static Reply error(String type, String message) {
        return Reply.json(400, Json.object().put("__type", type).put("message", message));
    }

    private Reply describe(String repository, JsonNode parameters) {
        List<Digest> all = new ArrayList<>();
        if (parameters.path("imageIds").isEmpty()) {
            all.addAll(registry().manifests(repository));
        } else {
            JsonNode id = parameters.path("imageIds").path(0);
            registry().manifests(repository).stream()
                    .filter(digest ->
                            digest.toString().equals(id.path("imageDigest").asText()))
                    .forEach(all::add);
            if (all.isEmpty()) {
                return error("ImageNotFoundException", "The image with imageId " + id + " does not exist.");
            }
        }
        int number = parameters.path("nextToken").asInt(1);
        Slice<Digest> page = slice(all, number, parameters.path("maxResults").asInt(100));
        ObjectNode json = Json.object();
        ArrayNode details = json.putArray("imageDetails");
        for (Digest digest : page.entries()) {
            ObjectNode image = details.addObject()
                    .put("registryId", account)
                    .put("imageDigest", digest.toString())
                    .put("imagePushedAt", pushed(digest).toEpochMilli() / 1000.0);
            List<String> tags = tags(repository, digest);
            if (!tags.isEmpty()) {
                tags.forEach(image.putArray("imageTags")::add);
            }
        }
        if (page.more()) {
            json.put("nextToken", Integer.toString(number + 1));
        }
        return Reply.json(200, json);
    }

    private Reply delete(String repository, JsonNode ids) {
        if (ids.isEmpty() || ids.size() > BATCH) {
            return error("InvalidParameterException", "Member must have length less than or equal to 100");
        }
        ObjectNode json = Json.object();
        ArrayNode deleted = json.putArray("imageIds");
        ArrayNode failures = json.putArray("failures");
        for (JsonNode id : ids) {
            String code = id.has("imageTag")
                    ? deleteTag(repository, id, deleted)
                    : deleteImage(
                            repository, Digest.parse(id.path("imageDigest").asText()), deleted);
            if (!code.isEmpty()) {
                ObjectNode failure =
                        failures.addObject().put("failureCode", code).put("failureReason", "Requested image: " + code);
                failure.set("imageId", id);
            }
        }
        return Reply.json(200, json);
    }

    private String deleteImage(String repository, Digest digest, ArrayNode deleted) {
        if (!registry().manifests(repository).contains(digest)) {
            return "ImageNotFound";
        }
        if (isListed(repository, digest)) {
            return "ImageReferencedByManifestList";
        }
        List<String> tags = tags(repository, digest);
        registry().loseManifest(repository, digest);
        tags.forEach(
                tag -> deleted.addObject().put("imageDigest", digest.toString()).put("imageTag", tag));
        if (tags.isEmpty()) {
            deleted.addObject().put("imageDigest", digest.toString());
        }
        return "";
    }

    /** The image goes with its last tag. */
    private String deleteTag(String repository, JsonNode id, ArrayNode deleted) {
        String tag = id.path("imageTag").asText();
        Optional<Digest> digest = registry().tagged(repository, tag);
        if (digest.isEmpty()) {
            return "ImageNotFound";
        }
        if (!id.path("imageDigest")
                .asText(digest.get().toString())
                .equals(digest.get().toString())) {
            return "ImageTagDoesNotMatchDigest";
        }
        if (tags(repository, digest.get()).size() == 1) {
            return deleteImage(repository, digest.get(), deleted);
        }
        registry().untag(repository, tag);
        deleted.addObject().put("imageDigest", digest.get().toString()).put("imageTag", tag);
        return "";
    }
}
