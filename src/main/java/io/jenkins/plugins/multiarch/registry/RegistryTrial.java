package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Reference;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One round of trying what a repository takes, with manifests that nobody else has. Plain requests, for the client would get
 * around what is missing.
 */
final class RegistryTrial {
    private static final String TYPE = "application/vnd.io.jenkins.multiarch-release.trial.v1";

    private final Transport transport;
    private final Endpoints endpoints;
    private final Registry registry;
    private final Repository repository;
    private final String name = "trial-" + UUID.randomUUID();
    private final Tag tag = new Tag(name);
    private final Blob blob = Blob.of(MediaTypes.OCI_LAYER, name.getBytes(StandardCharsets.UTF_8));
    private final Map<RegistryFeature, Boolean> found = new EnumMap<>(RegistryFeature.class);
    private final List<String> untried = new ArrayList<>();
    private final List<Reference> written = new ArrayList<>();

    RegistryTrial(Transport transport, Endpoints endpoints, Registry registry, Repository repository) {
        this.transport = transport;
        this.endpoints = endpoints;
        this.registry = registry;
        this.repository = repository;
    }

    Map<RegistryFeature, Boolean> found() {
        return found;
    }

    /** What could not be tried, each as a sentence that says why. */
    List<String> untried() {
        return untried;
    }

    /** What is there still. */
    List<String> left() {
        return written.stream().map(Reference::toString).toList();
    }

    void run() throws InterruptedException {
        registry.push(repository, Blob.of(EmptyBlob.DESCRIPTOR.mediaType(), EmptyBlob.bytes()));
        registry.push(repository, blob);
        try {
            tryBlob();
            tryMount();
            tryManifests();
        } finally {
            remove();
        }
    }

    private void tryBlob() throws InterruptedException {
        Digest digest = blob.digest();
        Call part = Call.get(endpoints.of(repository, "blobs/" + digest), Access.to(Action.PULL, repository))
                .with("Range", "bytes=1-2");
        found.put(RegistryFeature.RANGES, status(part) == 206);
    }

    /** A mount from the repository itself would tell nothing, for it has the blob already. */
    private void tryMount() throws InterruptedException {
        Repository beside = Repository.parse(repository + "-beside");
        Blob elsewhere = Blob.of(MediaTypes.OCI_LAYER, (name + " beside").getBytes(StandardCharsets.UTF_8));
        try {
            registry.push(beside, elsewhere);
        } catch (RegistryException e) {
            untried.add("Not tried: " + RegistryFeature.MOUNTS + ", for there is no second repository to mount from. "
                    + e.fact());
            return;
        }
        found.put(RegistryFeature.MOUNTS, registry.mount(repository, elsewhere.digest(), beside));
        status(Call.delete(endpoints.of(beside, "blobs/" + elsewhere.digest()), Access.to(Action.DELETE, beside)));
    }

    private void tryManifests() throws InterruptedException {
        Manifest first = manifest("first", Optional.empty());
        require(put(tag, first, Map.of()));
        written.add(tag);
        written.add(first.digest());
        trySubject(first.descriptor());
        tryTag(manifest("second", Optional.empty()));
        tryTogether(first);
        tryLarge();
    }

    private void trySubject(Descriptor subject) throws InterruptedException {
        Manifest referrer = manifest("referrer", Optional.of(subject));
        Call call = put(referrer.digest(), referrer, Map.of());
        try (Answer answer = transport.send(call, base())) {
            if (answer.isSuccess()) {
                written.add(0, referrer.digest());
            }
            found.put(
                    RegistryFeature.SUBJECTS,
                    answer.isSuccess() && answer.header("OCI-Subject").isPresent());
        }
    }

    private void tryTag(Manifest second) throws InterruptedException {
        int answered = status(put(tag, second, Map.of("If-None-Match", "*")));
        if (answered == 412 || isSuccess(answered)) {
            found.put(RegistryFeature.NEW_TAGS_ON_CONDITION, answered == 412);
        }
        tryMove(second);
        status(put(tag, second, Map.of()));
        boolean moved = leadsTo(tag, second.digest());
        found.put(RegistryFeature.MOVING_TAGS, moved);
        if (moved) {
            written.add(second.digest());
        }
    }

    /**
     * A tag has to stay where the condition names something else than what it leads to, and to move where it names just that;
     * a proxy that changes entity tags makes the latter fail.
     */
    private void tryMove(Manifest second) throws InterruptedException {
        int other = status(put(tag, second, Map.of("If-Match", "\"" + blob.digest() + "\"")));
        if (other == 412) {
            Optional<String> standing = entityTag();
            boolean moves = standing.isPresent()
                    && isSuccess(status(put(tag, second, Map.of("If-Match", standing.get()))))
                    && leadsTo(tag, second.digest());
            found.put(RegistryFeature.MOVES_ON_CONDITION, moves);
        } else if (isSuccess(other)) {
            found.put(RegistryFeature.MOVES_ON_CONDITION, false);
        }
    }

    /** The strong entity tag of what the tag leads to; a weak one makes no condition (RFC 9110, section 13.1.1). */
    private Optional<String> entityTag() throws InterruptedException {
        return new Manifests(transport, endpoints)
                .stands(repository, tag)
                .map(Manifests.Standing::entityTag)
                .filter(given -> given.startsWith("\""));
    }

    private void tryTogether(Manifest first) throws InterruptedException {
        Tag beside = new Tag(name + "-beside");
        Call call = put(first.digest(), first, Map.of());
        status(call.to(call.uri().resolve("?tag=" + beside)));
        boolean set = leadsTo(beside, first.digest());
        found.put(RegistryFeature.TAGS_TOGETHER, set);
        if (set) {
            written.add(0, beside);
        }
    }

    private void tryLarge() throws InterruptedException {
        int rest = Manifests.MAX_MANIFEST - manifest("", Optional.empty()).bytes().length;
        Manifest large = manifest("x".repeat(rest), Optional.empty());
        boolean taken = isSuccess(status(put(large.digest(), large, Map.of())));
        found.put(RegistryFeature.LARGE_MANIFESTS, taken);
        if (taken) {
            written.add(large.digest());
        }
    }

    /** Removes what was written, tags first, which shows what can be removed. */
    private void remove() throws InterruptedException {
        for (Reference reference : List.copyOf(written)) {
            status(Call.delete(address(reference), Access.to(Action.DELETE, repository)));
            boolean gone = registry.head(repository, reference).isEmpty();
            if (gone) {
                written.remove(reference);
            }
            RegistryFeature shown =
                    reference instanceof Tag ? RegistryFeature.TAG_REMOVAL : RegistryFeature.MANIFEST_REMOVAL;
            found.merge(shown, gone, Boolean::logicalAnd);
        }
        for (Reference reference : List.copyOf(written)) {
            if (registry.head(repository, reference).isEmpty()) {
                written.remove(reference);
            }
        }
    }

    private Manifest manifest(String note, Optional<Descriptor> subject) {
        return ImageManifest.artifact(TYPE, List.of(blob.descriptor()), subject, Map.of("note", note));
    }

    private boolean leadsTo(Tag asked, Digest digest) throws InterruptedException {
        return registry.head(repository, asked)
                .map(Descriptor::digest)
                .filter(digest::equals)
                .isPresent();
    }

    private Call put(Reference reference, Manifest manifest, Map<String, String> headers) throws InterruptedException {
        return Call.put(address(reference), Access.to(Action.PUSH, repository), Upload.of(manifest.bytes()))
                .with("Content-Type", manifest.mediaType())
                .with(headers);
    }

    private void require(Call call) throws InterruptedException {
        transport.require(call, base()).close();
    }

    private int status(Call call) throws InterruptedException {
        try (Answer answer = transport.send(call, base())) {
            return answer.status();
        }
    }

    private static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    private URI address(Reference reference) throws InterruptedException {
        return endpoints.of(repository, "manifests/" + reference);
    }

    private URI base() throws InterruptedException {
        return endpoints.base(repository.registry());
    }
}
