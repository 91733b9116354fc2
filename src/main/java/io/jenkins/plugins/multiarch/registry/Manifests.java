package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Reference;
import io.jenkins.plugins.multiarch.image.Repository;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Manifests of a registry, read and written as bytes (OCI distribution-spec 1.1, "Pulling/Pushing manifests"). */
final class Manifests {
    /** The size every registry has to accept, and the largest we read, in bytes. */
    static final int MAX_MANIFEST = 4 * 1024 * 1024;

    private static final String ACCEPT = String.join(", ", MediaTypes.MANIFESTS);
    private static final String DIGEST_HEADER = "Docker-Content-Digest";

    private final Transport transport;
    private final Endpoints endpoints;

    Manifests(Transport transport, Endpoints endpoints) {
        this.transport = transport;
        this.endpoints = endpoints;
    }

    /** A manifest, and the entity tag it was answered with, or empty. */
    record Found(Manifest manifest, String entityTag) {}

    Optional<Found> find(Repository repository, Reference reference) throws InterruptedException {
        Call call = Call.get(address(repository, reference), Access.to(Action.PULL, repository))
                .with("Accept", ACCEPT);
        try (Answer answer = transport.load(call, endpoints.base(repository.registry()), MAX_MANIFEST)) {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            if (!answer.isSuccess()) {
                throw transport.refused(call, answer);
            }
            byte[] bytes = answer.bytes();
            Manifest manifest =
                    Manifest.parse(bytes, answer.header("Content-Type").orElse(""), expected(reference, answer, bytes));
            return Optional.of(new Found(manifest, answer.header("ETag").orElse("")));
        }
    }

    /** What a tag leads to, and the entity tag it was answered with, or empty. */
    record Standing(Descriptor descriptor, String entityTag) {}

    Optional<Descriptor> head(Repository repository, Reference reference) throws InterruptedException {
        return stands(repository, reference).map(Standing::descriptor);
    }

    Optional<Standing> stands(Repository repository, Reference reference) throws InterruptedException {
        Call call = Call.head(address(repository, reference), Access.to(Action.PULL, repository))
                .with("Accept", ACCEPT);
        try (Answer answer = transport.send(call, endpoints.base(repository.registry()))) {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            if (!answer.isSuccess()) {
                throw transport.refused(call, answer);
            }
            Optional<Standing> described = described(reference, answer)
                    .map(descriptor ->
                            new Standing(descriptor, answer.header("ETag").orElse("")));
            return described.isPresent()
                    ? described
                    : find(repository, reference)
                            .map(found -> new Standing(found.manifest().descriptor(), found.entityTag()));
        }
    }

    /** Stores the bytes; returns whether the registry said that it keeps the subject's list of referrers. */
    boolean put(Repository repository, Reference reference, Manifest manifest) throws InterruptedException {
        return put(repository, reference, manifest, Map.of());
    }

    /**
     * Stores the bytes only where a tag still is what it was, if the registry honours such a condition. A weak entity tag
     * never matches (RFC 9110, section 13.1.1), so that one is no condition.
     *
     * @param entityTag of what was found, or nothing where nothing was
     */
    void replace(Repository repository, Reference reference, Optional<String> entityTag, Manifest manifest)
            throws InterruptedException {
        Map<String, String> unchanged = entityTag
                .filter(given -> given.startsWith("\""))
                .map(given -> Map.of("If-Match", given))
                .orElse(Map.of());
        put(repository, reference, manifest, entityTag.isEmpty() ? Map.of("If-None-Match", "*") : unchanged);
    }

    private boolean put(Repository repository, Reference reference, Manifest manifest, Map<String, String> condition)
            throws InterruptedException {
        Call call = Call.put(
                        address(repository, reference), Access.to(Action.PUSH, repository), Upload.of(manifest.bytes()))
                .with("Content-Type", manifest.mediaType());
        try (Answer answer = stored(call.with(condition), reference, manifest)) {
            answer.header(DIGEST_HEADER)
                    .map(String::strip)
                    .filter(stored -> stored.startsWith(manifest.digest().algorithm() + ":"))
                    .filter(stored -> !stored.equals(manifest.digest().toString()))
                    .ifPresent(stored -> {
                        throw RegistryErrors.unusable(
                                call,
                                "the digest " + stored + " instead of " + manifest.digest(),
                                "The registry changed what it was sent; do not use it for releases.");
                    });
            return answer.header("OCI-Subject").isPresent();
        }
    }

    /**
     * docker-registry calls a digest invalid that is right while somebody else writes the same blob's link ("provided
     * digest did not match uploaded content", from a link file that is empty for a moment), so it is asked again; also under a
     * tag, where no digest was said that could be wrong.
     */
    private Answer stored(Call call, Reference reference, Manifest manifest) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return transport.require(
                        call, endpoints.base(call.access().repository().registry()));
            } catch (RegistryException e) {
                boolean named = !(reference instanceof Digest) || reference.equals(manifest.digest());
                boolean wronged = e.code().equals("DIGEST_INVALID") && named;
                if (!wronged || attempt >= transport.backoff().attempts()) {
                    throw e;
                }
                transport.backoff().pause(attempt, Duration.ZERO);
            }
        }
    }

    /** Returns false where there was nothing to delete. */
    boolean delete(Repository repository, Reference reference) throws InterruptedException {
        Call call = Call.delete(address(repository, reference), Access.to(Action.DELETE, repository));
        try (Answer answer = transport.send(call, endpoints.base(repository.registry()))) {
            if (answer.status() == 404) {
                return false;
            }
            if (!answer.isSuccess()) {
                throw transport.refused(call, answer);
            }
            return true;
        }
    }

    private URI address(Repository repository, Reference reference) throws InterruptedException {
        return endpoints.of(repository, "manifests/" + reference);
    }

    /** What the bytes must be: the digest asked for, else the one the registry promised, else what they are. */
    private static Digest expected(Reference reference, Answer answer, byte[] bytes) {
        if (reference instanceof Digest digest) {
            return digest;
        }
        return answer.header(DIGEST_HEADER).map(Digest::parse).orElseGet(() -> Digest.sha256(bytes));
    }

    private static Optional<Descriptor> described(Reference reference, Answer answer) {
        String type = answer.header("Content-Type").orElse("");
        long size = answer.number("Content-Length").orElse(-1);
        Optional<Digest> digest = reference instanceof Digest asked
                ? Optional.of(asked)
                : answer.header(DIGEST_HEADER).map(Digest::parse);
        return digest.filter(d -> size >= 0 && MediaTypes.isManifest(type)).map(d -> Descriptor.of(type, d, size));
    }
}
