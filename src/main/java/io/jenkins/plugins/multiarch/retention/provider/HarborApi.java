package io.jenkins.plugins.multiarch.retention.provider;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.ApiAnswer;
import io.jenkins.plugins.multiarch.registry.ApiClient;
import io.jenkins.plugins.multiarch.registry.ApiRequest;
import io.jenkins.plugins.multiarch.registry.CredentialSource;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Asks Harbor's API 2.0, which is beside the registry's own, about projects and their repositories. */
final class HarborApi {
    static final Provider PROVIDER = new Provider(
            "Harbor", "a user or robot account that may list and delete artifacts and tags in the project");

    private final ApiClient client;
    private final Optional<URI> base;
    private final CredentialSource credentials;

    /** @param base where it is not below the registry's own host */
    HarborApi(ApiClient client, Optional<URI> base, CredentialSource credentials) {
        this.client = client;
        this.base = base;
        this.credentials = credentials;
    }

    ApiAnswer project(Repository repository) throws InterruptedException {
        return send(repository, ApiRequest.get(address(repository, "/projects/" + project(repository.path()))));
    }

    ApiAnswer get(Repository repository, String below) throws InterruptedException {
        return send(repository, ApiRequest.get(named(repository, below)));
    }

    ApiAnswer delete(Repository repository, String below) throws InterruptedException {
        return send(repository, ApiRequest.delete(named(repository, below)));
    }

    /** The slashes of a repository's name are encoded twice, for Harbor decodes paths before it parts them. */
    private URI named(Repository repository, String below) throws InterruptedException {
        String project = project(repository.path());
        if (project.length() == repository.path().length()) {
            throw new ReleaseException(
                    repository + " has no project, and repositories of Harbor belong to one.",
                    "Write the project before the name, as in harbor.example.com/library/app.");
        }
        String name = encoded(encoded(repository.path().substring(project.length() + 1)));
        return address(repository, "/projects/" + project + "/repositories/" + name + below);
    }

    private static String project(String path) {
        return path.split("/", 2)[0];
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private URI address(Repository repository, String path) throws InterruptedException {
        String start = base.isPresent()
                ? base.get().toString().replaceAll("/+$", "")
                : client.origin(repository.registry()) + "/api/v2.0";
        return URI.create(start + path);
    }

    private ApiAnswer send(Repository repository, ApiRequest request) throws InterruptedException {
        return client.send(request.withBasic(PROVIDER.credentials(credentials, repository))
                .with("Accept", "application/json")
                .with("X-Is-Resource-Name", "true"));
    }
}
