package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.RequestBudget;
import io.jenkins.plugins.multiarch.retention.ManifestStore;
import io.jenkins.plugins.multiarch.retention.PlainManifestStore;
import io.jenkins.plugins.multiarch.retention.Stores;
import java.io.IOException;
import picocli.CommandLine.Option;

/** By which means manifests are listed and deleted, and how fast. */
final class StoreOptions {

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

    Stores stores(HttpRegistry registry) {
        ManifestStore plain = new PlainManifestStore(registry);
        return repository -> plain;
    }
}
