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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks GitHub's REST API about packages of containers, by the path that leads to those of their owner. */
final class GitHubApi {
    static final Provider PROVIDER = new Provider(
            "GitHub Packages",
            "a token (classic) with the scopes read:packages and delete:packages, of somebody with the role Admin on the"
                    + " package");

    private final ApiClient client;
    private final String base;
    private final CredentialSource credentials;
    private final Map<String, String> owners = new ConcurrentHashMap<>();

    GitHubApi(ApiClient client, URI base, CredentialSource credentials) {
        this.client = client;
        this.base = base.toString().replaceAll("/+$", "");
        this.credentials = credentials;
    }

    /** @param below the package, such as {@code /versions/1}, or empty for itself */
    ApiAnswer get(Repository repository, String below) throws InterruptedException {
        return send(repository, ApiRequest.get(packaged(repository, below)));
    }

    ApiAnswer delete(Repository repository, String below) throws InterruptedException {
        return send(repository, ApiRequest.delete(packaged(repository, below)));
    }

    ApiAnswer post(Repository repository, String below) throws InterruptedException {
        return send(repository, ApiRequest.post(packaged(repository, below), new byte[0]));
    }

    void pause(int attempt) throws InterruptedException {
        client.pause(attempt);
    }

    private URI packaged(Repository repository, String below) throws InterruptedException {
        String path = repository.path();
        int slash = path.indexOf('/');
        if (slash < 0) {
            throw new ReleaseException(
                    repository + " has no owner, and packages of GitHub belong to an account.",
                    "Write the account before the name, as in ghcr.io/acme/app.");
        }
        String name = URLEncoder.encode(path.substring(slash + 1), StandardCharsets.UTF_8);
        return URI.create(base + owner(repository, path.substring(0, slash)) + "/packages/container/" + name + below);
    }

    /** The token's own account, an organisation, or somebody else whose packages it may administer. */
    private String owner(Repository repository, String login) throws InterruptedException {
        String known = owners.get(login);
        if (known != null) {
            return known;
        }
        ApiAnswer account = send(repository, ApiRequest.get(URI.create(base + "/users/" + login)));
        if (!account.isSuccess()) {
            throw PROVIDER.refused(account);
        }
        String path = account.json().path("type").asText().equals("Organization")
                ? "/orgs/" + login
                : isOwn(repository, login) ? "/user" : "/users/" + login;
        owners.put(login, path);
        return path;
    }

    /** Tokens of apps, such as those of workflows, belong to no user, and are answered with 403. */
    private boolean isOwn(Repository repository, String login) throws InterruptedException {
        ApiAnswer self = send(repository, ApiRequest.get(URI.create(base + "/user")));
        return self.isSuccess() && self.json().path("login").asText().equalsIgnoreCase(login);
    }

    private ApiAnswer send(Repository repository, ApiRequest request) throws InterruptedException {
        String token = PROVIDER.credentials(credentials, repository).secret();
        return client.send(request.withSecret("Authorization", "Bearer " + token)
                .with("Accept", "application/vnd.github+json")
                .with("X-GitHub-Api-Version", "2022-11-28"));
    }
}
