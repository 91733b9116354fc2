package io.jenkins.plugins.multiarch.retention.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.ApiAnswer;
import io.jenkins.plugins.multiarch.registry.ApiClient;
import io.jenkins.plugins.multiarch.registry.CredentialSource;
import io.jenkins.plugins.multiarch.retention.DoomedManifest;
import io.jenkins.plugins.multiarch.retention.ManifestStore;
import io.jenkins.plugins.multiarch.retention.Removal;
import io.jenkins.plugins.multiarch.retention.StoredManifest;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Harbor, by its API 2.0. It keeps artifacts with an immutable tag, and those that an index lists.
 *
 * <p>With an index Harbor deletes what is listed in it, untagged and listed nowhere else, and with an image the signatures and
 * other accessories that belong to it.
 */
public final class HarborArtifacts implements ManifestStore {
    private static final int PAGE = 100;

    private final HarborApi api;

    /** @param base of the API ({@code https://…/api/v2.0}) where it is not below the registry's own host */
    public HarborArtifacts(ApiClient client, Optional<URI> base, CredentialSource credentials) {
        this.api = new HarborApi(client, base, credentials);
    }

    @Override
    public String name() {
        return HarborApi.PROVIDER.name();
    }

    @Override
    public boolean deletesWhatIsListed() {
        return true;
    }

    @Override
    public Optional<List<StoredManifest>> list(Repository repository) throws InterruptedException {
        return Optional.of(PagedList.all(
                "The list of artifacts of " + repository, StoredManifest::digest, number -> page(repository, number)));
    }

    /** Untagged ones that an index lists are among what is asked for: {@code base=*}. */
    private PagedList.Page<StoredManifest> page(Repository repository, int number) throws InterruptedException {
        ApiAnswer answer =
                api.get(repository, "/artifacts?q=base%3D*&with_tag=true&page_size=" + PAGE + "&page=" + number);
        if (!answer.isSuccess()) {
            throw HarborApi.PROVIDER.refused(answer);
        }
        List<StoredManifest> artifacts = new ArrayList<>();
        answer.list().forEach(json -> artifacts.add(artifact(json)));
        boolean more = answer.header("Link")
                .filter(link -> link.contains("rel=\"next\""))
                .isPresent();
        OptionalLong total = answer.header("X-Total-Count")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
        return new PagedList.Page<>(artifacts, !more && artifacts.size() < PAGE, total);
    }

    /** Its time is that of the last push, of its tags too. */
    private static StoredManifest artifact(JsonNode json) {
        Set<Tag> tags = new LinkedHashSet<>();
        json.path("tags").forEach(tag -> tags.add(new Tag(tag.path("name").asText())));
        Optional<Instant> pushed = Stream.concat(
                        Stream.of(json), json.path("tags").valueStream())
                .flatMap(dated -> Times.read(dated.path("push_time").asText()).stream())
                .max(Instant::compareTo);
        return new StoredManifest(Digest.parse(json.path("digest").asText()), tags, pushed);
    }

    @Override
    public List<Removal> delete(Repository repository, List<DoomedManifest> manifests) throws InterruptedException {
        return OneByOne.delete(manifests, manifest -> {
            ApiAnswer answer = api.get(repository, "/artifacts/" + manifest.digest() + "?with_tag=true");
            if (!answer.isSuccess()) {
                return removal(answer);
            }
            Optional<Removal> kept = manifest.keptBy(artifact(answer.json()).tags());
            return kept.isPresent() ? kept.get() : removal(api.delete(repository, "/artifacts/" + manifest.digest()));
        });
    }

    /** Harbor takes a tag only off the artifact that is named. */
    @Override
    public Removal untag(Repository repository, Tag tag, Digest stays) throws InterruptedException {
        Removal removal = removal(api.delete(repository, "/artifacts/" + stays + "/tags/" + tag.name()));
        if (removal.equals(Removal.GONE)) {
            ApiAnswer now = api.get(repository, "/artifacts/" + tag.name());
            return now.isSuccess() ? Removal.moved(artifact(now.json()).digest()) : removal;
        }
        return removal;
    }

    private static Removal removal(ApiAnswer answer) {
        if (answer.isSuccess()) {
            return Removal.DELETED;
        }
        return switch (answer.status()) {
            case 404 -> Removal.GONE;
            case 412 ->
                answer.code().startsWith("VIOLATE")
                        ? Removal.kept("an index lists it, and Harbor keeps what is listed")
                        : Removal.kept("Harbor has a rule that keeps it (" + answer.message() + ")");
            default -> throw HarborApi.PROVIDER.refused(answer);
        };
    }

    /** Artifacts that are deleted cannot be brought back. */
    @Override
    public boolean restore(Repository repository, Digest digest) {
        return false;
    }

    @Override
    public Optional<Visibility> visibility(Repository repository) throws InterruptedException {
        ApiAnswer project = api.project(repository);
        if (!project.isSuccess()) {
            throw HarborApi.PROVIDER.refused(project);
        }
        boolean open = project.json().path("metadata").path("public").asText().equals("true");
        return Optional.of(open ? Visibility.PUBLIC : Visibility.PRIVATE);
    }
}
