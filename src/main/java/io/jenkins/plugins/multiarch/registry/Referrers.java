package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.KnownNames;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which manifests have a given subject (OCI distribution-spec 1.1, "Listing Referrers"). */
final class Referrers {
    /** The longest list that is read, in bytes and in referrers: whoever may push may add to it without an end. */
    private static final int MAX_SIZE = 8 << 20;

    private static final int MAX_REFERRERS = 10_000;

    private final Pages pages;
    private final Endpoints endpoints;
    private final FallbackTag fallback;
    private final Map<Repository, Boolean> haveApi = new ConcurrentHashMap<>();

    Referrers(Pages pages, Endpoints endpoints, FallbackTag fallback) {
        this.pages = pages;
        this.endpoints = endpoints;
        this.fallback = fallback;
    }

    List<Descriptor> of(Repository repository, Digest subject, String artifactType) throws InterruptedException {
        List<Descriptor> listed = new ArrayList<>();
        boolean byApi = haveApi.getOrDefault(repository, true)
                && ask(repository, subject, artifactType, listed) == Pages.Outcome.READ;
        List<Descriptor> all = byApi ? listed : fallback.read(repository, subject);
        return all.stream()
                .filter(referrer ->
                        artifactType.isEmpty() || referrer.artifactType().equals(artifactType))
                .toList();
    }

    /** Whether the registry lists a repository's referrers itself; asked until it has said so once. */
    boolean hasApi(Repository repository) throws InterruptedException {
        if (!haveApi.containsKey(repository)) {
            ask(repository, new Digest("sha256", "0".repeat(64)), "", new ArrayList<>());
        }
        return haveApi.getOrDefault(repository, false);
    }

    /** After a manifest with a subject was stored and the registry said that it took note of it. */
    void noted(Repository repository) {
        haveApi.put(repository, true);
    }

    /** After a manifest with a subject was stored and the registry did not say that it took note of it. */
    void added(Repository repository, Manifest referrer, Descriptor subject) throws InterruptedException {
        Descriptor listed =
                referrer.descriptor().withArtifactType(referrer.artifactType()).withAnnotations(referrer.annotations());
        fallback.add(repository, subject.digest(), listed);
    }

    /** After a manifest with a subject was deleted. */
    void removed(Repository repository, Digest referrer, Descriptor subject) throws InterruptedException {
        if (!hasApi(repository)) {
            fallback.remove(repository, subject.digest(), referrer);
        }
    }

    /** Reads the list into {@code all}; a repository that is not there says nothing about the registry. */
    private Pages.Outcome ask(Repository repository, Digest subject, String artifactType, List<Descriptor> all)
            throws InterruptedException {
        String filter = artifactType.isEmpty()
                ? ""
                : "?artifactType=" + URLEncoder.encode(artifactType, StandardCharsets.UTF_8);
        Call first =
                Call.get(endpoints.of(repository, "referrers/" + subject + filter), Access.to(Action.PULL, repository));
        Pages.Outcome outcome = pages.read(first, endpoints.base(repository.registry()), MAX_SIZE, (page, what) -> {
            all.addAll(Descriptor.readAll(
                    Json.readFew(page, what, KnownNames.MANIFEST).path("manifests")));
            if (all.size() > MAX_REFERRERS) {
                throw RegistryErrors.tooMany(repository, subject, MAX_REFERRERS);
            }
        });
        if (outcome != Pages.Outcome.NO_SUCH_REPOSITORY) {
            haveApi.merge(repository, outcome == Pages.Outcome.READ, Boolean::logicalOr);
        }
        return outcome;
    }

    /** The tag under which a registry without the API keeps a subject's referrers ("Referrers Tag Schema"). */
    static Tag tag(Digest subject) {
        String algorithm = subject.algorithm();
        String hex = subject.hex().substring(0, Math.min(64, subject.hex().length()));
        return new Tag(algorithm + "-" + hex);
    }
}
