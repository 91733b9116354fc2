package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which manifests have a given subject (OCI distribution-spec 1.1, "Listing Referrers"). */
final class Referrers {
    private final Pages pages;
    private final Endpoints endpoints;
    private final FallbackTag fallback;
    private final Map<String, Boolean> haveApi = new ConcurrentHashMap<>();

    Referrers(Pages pages, Endpoints endpoints, FallbackTag fallback) {
        this.pages = pages;
        this.endpoints = endpoints;
        this.fallback = fallback;
    }

    List<Descriptor> of(Repository repository, Digest subject, String artifactType) throws InterruptedException {
        Optional<List<Descriptor>> listed = Optional.empty();
        if (haveApi.getOrDefault(repository.registry(), true)) {
            listed = fromApi(repository, subject, artifactType);
            haveApi.put(repository.registry(), listed.isPresent());
        }
        List<Descriptor> all = listed.isPresent() ? listed.get() : fallback.read(repository, subject);
        return all.stream()
                .filter(referrer ->
                        artifactType.isEmpty() || referrer.artifactType().equals(artifactType))
                .toList();
    }

    /** Whether the registry lists referrers itself; asked once for each registry. */
    boolean hasApi(Repository repository) throws InterruptedException {
        if (!haveApi.containsKey(repository.registry())) {
            Digest nothing = new Digest("sha256", "0".repeat(64));
            haveApi.put(repository.registry(), fromApi(repository, nothing, "").isPresent());
        }
        return haveApi.get(repository.registry());
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

    private Optional<List<Descriptor>> fromApi(Repository repository, Digest subject, String artifactType)
            throws InterruptedException {
        String filter = artifactType.isEmpty()
                ? ""
                : "?artifactType=" + URLEncoder.encode(artifactType, StandardCharsets.UTF_8);
        Call first =
                Call.get(endpoints.of(repository, "referrers/" + subject + filter), Access.to(Action.PULL, repository));
        List<Descriptor> all = new ArrayList<>();
        Optional<Answer> head = pages.read(first, endpoints.base(repository.registry()), page -> {
            if (Manifest.parse(Json.write(page), "") instanceof ImageIndex index) {
                all.addAll(index.manifests());
            }
        });
        return head.map(answer -> List.copyOf(all));
    }

    /** The tag under which a registry without the API keeps a subject's referrers ("Referrers Tag Schema"). */
    static Tag tag(Digest subject) {
        String algorithm = subject.algorithm();
        String hex = subject.hex().substring(0, Math.min(64, subject.hex().length()));
        return new Tag(algorithm + "-" + hex);
    }
}
