package io.jenkins.plugins.multiarch.retention.provider;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.ApiAnswer;
import io.jenkins.plugins.multiarch.registry.ApiClient;
import io.jenkins.plugins.multiarch.registry.ApiRequest;
import io.jenkins.plugins.multiarch.registry.CredentialSource;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.retention.ManifestStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds by whose API the manifests of a repository are listed and deleted: the provider that is named, or the one that the
 * host belongs to, or Harbor where the registry says that it is one, which is asked once.
 */
public final class Providers {
    private static final String HUB = "docker.io";

    private final ApiClient client;
    private final Registry registry;
    private final CredentialSource credentials;
    private final Function<String, Optional<AwsCredentials>> aws;
    private final ManifestStore plain;
    private final Choice choice;
    private final Map<String, ManifestStore> stores = new HashMap<>();

    /**
     * What is said about one registry, and holds for no other: neither is another asked in that way, nor does its secret go to
     * that API.
     *
     * @param host of that registry
     * @param kind nothing to have it found
     * @param api where its API is, if it is at another address than everybody's: a GitHub Enterprise, a network of one's own
     */
    public record Choice(String host, Optional<ProviderKind> kind, Optional<URI> api) {
        public static final Choice FOUND = new Choice("", Optional.empty(), Optional.empty());
    }

    /**
     * @param aws asked for by the host of a registry that is Amazon's
     * @param plain what goes by the registry's own API
     */
    public Providers(
            ApiClient client,
            Registry registry,
            CredentialSource credentials,
            Function<String, Optional<AwsCredentials>> aws,
            ManifestStore plain,
            Choice choice) {
        this.client = client;
        this.registry = registry;
        this.credentials = credentials;
        this.aws = aws;
        this.plain = plain;
        this.choice = choice;
    }

    /** The store of a repository; those of one registry have the same. */
    public synchronized ManifestStore of(Repository repository) throws InterruptedException {
        String host = repository.registry();
        ManifestStore known = stores.get(host);
        if (known == null) {
            Choice said = choice.host().equals(host) ? choice : Choice.FOUND;
            known = store(said.kind().isPresent() ? said.kind().get() : found(host), host, said.api());
            stores.put(host, known);
        }
        return known;
    }

    private ProviderKind found(String host) throws InterruptedException {
        if (GitHubHosts.isGitHub(host)) {
            return ProviderKind.GITHUB;
        }
        if (host.equals(HUB)) {
            return ProviderKind.DOCKER_HUB;
        }
        if (EcrRegistry.parse(host).isPresent()) {
            return ProviderKind.ECR;
        }
        return isHarbor(host) ? ProviderKind.HARBOR : ProviderKind.OCI;
    }

    /** Harbor answers a ping with {@code Pong}; whatever else comes back is another registry, if anything does. */
    private boolean isHarbor(String host) throws InterruptedException {
        ApiRequest ping = ApiRequest.get(URI.create(client.origin(host) + "/api/v2.0/ping"));
        ApiAnswer answer;
        try {
            answer = client.send(ping);
        } catch (RegistryException e) {
            if (e.isRetryable()) {
                throw e;
            }
            return false;
        }
        if (answer.status() >= 500) {
            throw answer.refusal(
                    "Run this again in a while, or name the provider: harbor, or oci for any other registry.");
        }
        String said = new String(answer.bytes(), StandardCharsets.UTF_8);
        return answer.isSuccess() && said.replaceAll("[\\s\"]", "").equals("Pong");
    }

    private ManifestStore store(ProviderKind kind, String host, Optional<URI> api) {
        return switch (kind) {
            case GITHUB ->
                new GitHubPackages(client, api.orElseGet(() -> GitHubHosts.api(host)), registry, credentials);
            case DOCKER_HUB -> new DockerHub(client, hub(host, api), registry, credentials);
            case ECR -> ecr(host, api);
            case HARBOR -> new HarborArtifacts(client, api, credentials);
            case OCI -> plain;
        };
    }

    /** Its API knows a repository by its path alone, so that another registry's would be taken for one of Docker Hub. */
    private static URI hub(String host, Optional<URI> api) {
        if (api.isEmpty() && !host.equals(HUB)) {
            throw new ReleaseException(
                    host + " is not Docker Hub, and its API would delete from another repository of the same path.",
                    "Write docker.io before the path, or leave the provider out to have it found.");
        }
        return api.orElse(DockerHub.API);
    }

    private ManifestStore ecr(String host, Optional<URI> api) {
        EcrRegistry place = EcrRegistry.parse(host)
                .orElseThrow(() -> new ReleaseException(
                        host + " is not a host of Amazon ECR, so its account and region are not known.",
                        "Name it as in 123456789012.dkr.ecr.eu-central-1.amazonaws.com, or leave the provider out."));
        AwsCredentials key = aws.apply(host)
                .orElseThrow(() -> new ReleaseException(
                        "There is no access key of AWS for " + host + ", and Amazon ECR lists nothing without.",
                        "Give " + EcrApi.PROVIDER.right() + ", or name the provider oci to go by tags alone."));
        return new EcrImages(client, api.orElse(place.api()), place, registry, key);
    }
}
