package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.retention.ManifestStore;
import io.jenkins.plugins.multiarch.retention.PlainManifestStore;
import io.jenkins.plugins.multiarch.retention.Stores;
import java.io.IOException;

/** By which means manifests are listed and deleted. */
final class StoreOptions {

    Registry registry(Verb verb) throws IOException {
        return verb.registry();
    }

    Stores stores(Verb verb, Registry registry) {
        ManifestStore plain = new PlainManifestStore(registry);
        return repository -> plain;
    }
}
