package io.jenkins.plugins.multiarch.retention.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.ApiAnswer;
import io.jenkins.plugins.multiarch.registry.ApiClient;
import io.jenkins.plugins.multiarch.registry.ApiRequest;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.net.URI;
import java.time.Instant;

/** Calls actions of Amazon ECR's API, version 2015-09-21, in AWS's JSON protocol 1.1. */
final class EcrApi {
    static final Provider PROVIDER = new Provider(
            "Amazon ECR",
            "an access key of AWS, and its session token if it has one, that may ecr:DescribeImages and"
                    + " ecr:BatchDeleteImage");

    private final ApiClient client;
    private final URI address;
    private final EcrRegistry place;
    private final AwsSignature signature;

    EcrApi(ApiClient client, URI base, EcrRegistry place, AwsCredentials credentials) {
        this.client = client;
        this.address = URI.create(base.toString().replaceAll("/+$", "") + "/");
        this.place = place;
        this.signature = new AwsSignature(credentials, place.region(), "ecr");
    }

    /** What the parameters of all actions begin with. */
    ObjectNode about(Repository repository) {
        return Json.object().put("registryId", place.account()).put("repositoryName", repository.path());
    }

    /** @return whatever is answered, errors too */
    ApiAnswer call(String action, ObjectNode parameters) throws InterruptedException {
        ApiRequest request = ApiRequest.post(address, Json.write(parameters))
                .with("Content-Type", "application/x-amz-json-1.1")
                .with("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921." + action);
        return client.send(signature.sign(request, Instant.now()));
    }

    ObjectNode require(String action, ObjectNode parameters) throws InterruptedException {
        ApiAnswer answer = call(action, parameters);
        if (!answer.isSuccess()) {
            throw refused(answer);
        }
        return answer.json();
    }

    /** Whatever is wrong with a request, its status is 400. */
    static RegistryException refused(ApiAnswer answer) {
        return switch (answer.code()) {
            case "AccessDeniedException" -> PROVIDER.refused(answer, 403);
            case "RepositoryNotFoundException" -> PROVIDER.refused(answer, 404);
            case "ExpiredTokenException", "InvalidSignatureException", "UnrecognizedClientException" ->
                PROVIDER.refused(answer, 401);
            default -> PROVIDER.refused(answer);
        };
    }

    void pause(int attempt) throws InterruptedException {
        client.pause(attempt);
    }
}
