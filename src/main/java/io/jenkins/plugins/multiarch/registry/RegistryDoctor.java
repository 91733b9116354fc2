package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Repository;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Finds out what a registry really does, rather than what its name or its version promise. */
public final class RegistryDoctor {
    private final Transport transport;
    private final Endpoints endpoints;
    private final Referrers referrers;
    private final Registry registry;

    RegistryDoctor(Transport transport, Endpoints endpoints, Referrers referrers, Registry registry) {
        this.transport = transport;
        this.endpoints = endpoints;
        this.referrers = referrers;
        this.registry = registry;
    }

    /**
     * What can be told without writing anything.
     *
     * @param repository that may be read; it need not exist
     */
    public RegistryReport look(Repository repository) throws InterruptedException {
        return report(repository, Map.of(), List.of(), List.of());
    }

    /**
     * Tries out everything with a small blob and a few manifests, which are removed again where the registry can. One blob
     * goes to another repository, of the same name with {@code -beside} behind it, to be mounted from there.
     *
     * @param repository that may be written, best one that holds nothing else
     * @throws RegistryException where it may not be written
     */
    public RegistryReport tryOut(Repository repository) throws InterruptedException {
        RegistryTrial trial = new RegistryTrial(transport, endpoints, registry, repository);
        trial.run();
        return report(repository, trial.found(), trial.untried(), trial.left());
    }

    private RegistryReport report(
            Repository repository, Map<RegistryFeature, Boolean> found, List<String> untried, List<String> left)
            throws InterruptedException {
        Call ping = Call.get(endpoints.ping(repository.registry()), Access.to(Action.PULL, repository));
        try (Answer answer = transport.anonymously(ping)) {
            if (!answer.isSuccess() && answer.status() != 401) {
                throw transport.refused(ping, answer);
            }
            Map<RegistryFeature, Boolean> features = new EnumMap<>(RegistryFeature.class);
            features.put(RegistryFeature.REFERRERS_API, referrers.hasApi(repository));
            features.putAll(found);
            return new RegistryReport(
                    repository,
                    answer.header("Docker-Distribution-Api-Version").orElse(""),
                    answer.isSuccess() ? "none" : scheme(answer),
                    features,
                    untried,
                    left);
        }
    }

    private static String scheme(Answer answer) {
        return Challenge.parseAll(answer.all("WWW-Authenticate")).stream()
                .map(Challenge::scheme)
                .findFirst()
                .orElse("none");
    }
}
