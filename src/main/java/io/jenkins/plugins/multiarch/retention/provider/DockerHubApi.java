package io.jenkins.plugins.multiarch.retention.provider;

import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.ApiAnswer;
import io.jenkins.plugins.multiarch.registry.ApiClient;
import io.jenkins.plugins.multiarch.registry.ApiRequest;
import io.jenkins.plugins.multiarch.registry.CredentialSource;
import io.jenkins.plugins.multiarch.registry.Credentials;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks Docker Hub's API with a token that it fetches for user and access token, again when it is no longer taken. */
final class DockerHubApi {
    static final Provider PROVIDER =
            new Provider("Docker Hub", "a user name with an access token that has the permission Read, Write & Delete");

    private final ApiClient client;
    private final String base;
    private final CredentialSource credentials;
    private final Map<Credentials, String> tokens = new ConcurrentHashMap<>();

    DockerHubApi(ApiClient client, URI base, CredentialSource credentials) {
        this.client = client;
        this.base = base.toString().replaceAll("/+$", "");
        this.credentials = credentials;
    }

    /** @param below the repository, such as {@code /tags}, or empty for itself */
    ApiAnswer get(Repository repository, String below) throws InterruptedException {
        String[] names = names(repository);
        return send(
                repository,
                ApiRequest.get(URI.create(base + "/v2/namespaces/" + names[0] + "/repositories/" + names[1] + below)));
    }

    /** By a path that is not documented, and what Docker Hub's own pages and every script use. */
    ApiAnswer deleteTag(Repository repository, String tag) throws InterruptedException {
        String[] names = names(repository);
        return send(
                repository,
                ApiRequest.delete(
                        URI.create(base + "/v2/repositories/" + names[0] + "/" + names[1] + "/tags/" + tag + "/")));
    }

    private static String[] names(Repository repository) {
        String[] names = repository.path().split("/", -1);
        if (names.length != 2) {
            throw new ReleaseException(
                    repository + " is not a repository of Docker Hub, where names have two parts.",
                    "Write namespace and name, as in docker.io/acme/app.");
        }
        return names;
    }

    private ApiAnswer send(Repository repository, ApiRequest request) throws InterruptedException {
        Credentials user = PROVIDER.credentials(credentials, repository);
        String known = tokens.get(user);
        ApiAnswer answer = known == null ? fresh(user, request) : with(known, request);
        return known != null && answer.status() == 401 ? fresh(user, request) : answer;
    }

    private ApiAnswer fresh(Credentials user, ApiRequest request) throws InterruptedException {
        byte[] login =
                Json.write(Json.object().put("identifier", user.username()).put("secret", user.secret()));
        ApiAnswer answer = client.send(ApiRequest.post(URI.create(base + "/v2/auth/token"), login)
                .with("Content-Type", "application/json")
                .hiding(user.secret()));
        if (!answer.isSuccess()) {
            throw PROVIDER.refused(answer);
        }
        String token = answer.json().path("access_token").asText();
        tokens.put(user, token);
        return with(token, request);
    }

    private ApiAnswer with(String token, ApiRequest request) throws InterruptedException {
        return client.send(
                request.withSecret("Authorization", "Bearer " + token).with("Accept", "application/json"));
    }
}
