package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.RequestBudget;
import io.jenkins.plugins.multiarch.retention.PlainManifestStore;
import io.jenkins.plugins.multiarch.retention.Stores;
import io.jenkins.plugins.multiarch.retention.provider.AwsCredentials;
import io.jenkins.plugins.multiarch.retention.provider.ProviderKind;
import io.jenkins.plugins.multiarch.retention.provider.Providers;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/** By whose API manifests are listed and deleted, and how fast. */
final class StoreOptions {

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description =
                    "Whose API lists and deletes: github, dockerhub, ecr (with AWS_ACCESS_KEY_ID and its like), harbor, or"
                            + " oci for any registry's own; found out unless said. It holds for the registry of the first repository.")
    private ProviderKind provider;

    @Option(
            names = "--provider-api",
            paramLabel = "URL",
            description = "Where that API is, as in https://github.acme.com/api/v3, if not where everybody's is; likewise.")
    private URI api;

    @Option(
            names = "--requests-per-minute",
            paramLabel = "N",
            description =
                    "Send no more requests than that in a minute, as in 180; without, as fast as they are answered.")
    private Integer requestsPerMinute;

    HttpRegistry registry(Verb verb) throws IOException {
        return verb.registry(
                requestsPerMinute == null ? RequestBudget.NONE : RequestBudget.perMinute(requestsPerMinute));
    }

    /** @param host of the registry that the provider is named for */
    Stores stores(Verb verb, HttpRegistry registry, String host) throws IOException {
        Providers providers = new Providers(
                registry.api(),
                registry,
                verb.credentials(),
                any -> AwsCredentials.of(verb.around().environment()),
                new PlainManifestStore(registry),
                new Providers.Choice(host, Optional.ofNullable(provider), Optional.ofNullable(api)));
        return providers::of;
    }
}
