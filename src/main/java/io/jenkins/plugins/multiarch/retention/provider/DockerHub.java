package io.jenkins.plugins.multiarch.retention.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.ApiAnswer;
import io.jenkins.plugins.multiarch.registry.ApiClient;
import io.jenkins.plugins.multiarch.registry.CredentialSource;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.retention.DoomedManifest;
import io.jenkins.plugins.multiarch.retention.ManifestStore;
import io.jenkins.plugins.multiarch.retention.Removal;
import io.jenkins.plugins.multiarch.retention.StoredManifest;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Docker Hub: tags by its own API, manifests by that of its registry, which deletes only what no tag and no other manifest
 * refers to. It lists no untagged manifests.
 */
public final class DockerHub implements ManifestStore {
    /** Where its API is. */
    public static final URI API = URI.create("https://hub.docker.com");

    private static final int PAGE = 100;

    private final Registry registry;
    private final DockerHubApi api;

    /** @param base {@link #API} */
    public DockerHub(ApiClient client, URI base, Registry registry, CredentialSource credentials) {
        this.registry = registry;
        this.api = new DockerHubApi(client, base, credentials);
    }

    @Override
    public String name() {
        return DockerHubApi.PROVIDER.name();
    }

    @Override
    public Optional<List<StoredManifest>> list(Repository repository) {
        return Optional.empty();
    }

    @Override
    public Optional<List<StoredManifest>> tagged(Repository repository) throws InterruptedException {
        List<StoredManifest> tags = PagedList.all("The list of tags of " + repository, StoredManifest::tags, number -> {
            ApiAnswer answer = api.get(repository, "/tags?page_size=" + PAGE + "&page=" + number);
            if (!answer.isSuccess()) {
                throw DockerHubApi.PROVIDER.refused(answer);
            }
            ObjectNode json = answer.json();
            List<StoredManifest> page = new ArrayList<>();
            for (JsonNode tag : json.path("results")) {
                read(repository, tag).ifPresent(page::add);
            }
            return new PagedList.Page<>(page, json.path("next").asText("").isEmpty(), count(json));
        });
        Map<Digest, StoredManifest> manifests = new LinkedHashMap<>();
        tags.forEach(tag -> manifests.merge(tag.digest(), tag, DockerHub::both));
        return Optional.of(List.copyOf(manifests.values()));
    }

    private static OptionalLong count(ObjectNode json) {
        return json.path("count").isIntegralNumber()
                ? OptionalLong.of(json.path("count").asLong())
                : OptionalLong.empty();
    }

    /** Tags from before Docker Hub noted digests have none in its list. */
    private Optional<StoredManifest> read(Repository repository, JsonNode json) throws InterruptedException {
        Tag tag = new Tag(json.path("name").asText());
        String listed = json.path("digest").asText("");
        Optional<Digest> digest = listed.isEmpty()
                ? registry.head(repository, tag).map(Descriptor::digest)
                : Optional.of(Digest.parse(listed));
        Optional<Instant> pushed = Stream.of(json.path("tag_last_pushed"), json.path("last_updated"))
                .flatMap(time -> Times.read(time.asText("")).stream())
                .max(Instant::compareTo);
        return digest.map(found -> new StoredManifest(found, Set.of(tag), pushed));
    }

    private static StoredManifest both(StoredManifest one, StoredManifest other) {
        Set<Tag> tags = new TreeSet<>(one.tags());
        tags.addAll(other.tags());
        return new StoredManifest(
                one.digest(),
                tags,
                Stream.concat(one.pushed().stream(), other.pushed().stream()).max(Instant::compareTo));
    }

    @Override
    public List<Removal> delete(Repository repository, List<DoomedManifest> manifests) throws InterruptedException {
        return OneByOne.delete(manifests, manifest -> {
            for (Tag tag : manifest.tags()) {
                untag(repository, tag, manifest.digest());
            }
            return delete(repository, manifest.digest());
        });
    }

    private Removal delete(Repository repository, Digest digest) throws InterruptedException {
        try {
            return registry.delete(repository, digest) ? Removal.DELETED : Removal.GONE;
        } catch (RegistryException e) {
            if (e.status() == 403) {
                return Removal.kept("a tag or another manifest refers to it, and Docker Hub keeps what is referred to");
            }
            if (e.status() == 500) {
                return registry.head(repository, digest).isEmpty()
                        ? Removal.DELETED
                        : Removal.failed("Docker Hub has not done it yet, and goes on in the background");
            }
            throw e;
        }
    }

    @Override
    public Removal untag(Repository repository, Tag tag, Digest stays) throws InterruptedException {
        Optional<Digest> now = registry.head(repository, tag).map(Descriptor::digest);
        if (now.filter(stays::equals).isEmpty()) {
            return now.map(Removal::moved).orElse(Removal.GONE);
        }
        ApiAnswer answer = api.deleteTag(repository, tag.name());
        if (!answer.isSuccess() && answer.status() != 404) {
            throw DockerHubApi.PROVIDER.refused(answer);
        }
        return answer.isSuccess() ? Removal.DELETED : Removal.GONE;
    }

    /** Manifests that are deleted cannot be brought back. */
    @Override
    public boolean restore(Repository repository, Digest digest) {
        return false;
    }

    @Override
    public Optional<Visibility> visibility(Repository repository) throws InterruptedException {
        ApiAnswer answer = api.get(repository, "");
        if (!answer.isSuccess()) {
            throw DockerHubApi.PROVIDER.refused(answer);
        }
        JsonNode isPrivate = answer.json().path("is_private");
        return isPrivate.isBoolean()
                ? Optional.of(isPrivate.asBoolean() ? Visibility.PRIVATE : Visibility.PUBLIC)
                : Optional.empty();
    }
}
