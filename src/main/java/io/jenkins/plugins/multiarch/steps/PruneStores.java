package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.registry.CredentialSource;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.retention.PlainManifestStore;
import io.jenkins.plugins.multiarch.retention.Stores;
import io.jenkins.plugins.multiarch.retention.provider.AwsCredentials;
import io.jenkins.plugins.multiarch.retention.provider.ProviderKind;
import io.jenkins.plugins.multiarch.retention.provider.Providers;
import java.util.Optional;

/**
 * By whose API the repositories of a step are listed and deleted.
 *
 * @param host the registry of the step's first repository, whose provider alone gets what is given for its API
 * @param credentials for registries, and for the APIs beside them where nothing else is given
 * @param api what was given for the API
 */
record PruneStores(HttpRegistry registry, String host, CredentialSource credentials, Optional<Login> api) {

    /** @param provider nothing to have it found */
    Stores of(Optional<ProviderKind> provider) {
        CredentialSource forApis = repository -> repository.registry().equals(host) && api.isPresent()
                ? api.map(Login::credentials)
                : credentials.find(repository);
        Providers providers = new Providers(
                registry.api(),
                registry,
                forApis,
                at -> api.filter(key -> at.equals(host)).map(key -> new AwsCredentials(key.username(), key.password(), Optional.empty())),
                new PlainManifestStore(registry),
                new Providers.Choice(host, provider, Optional.empty()));
        return providers::of;
    }
}
