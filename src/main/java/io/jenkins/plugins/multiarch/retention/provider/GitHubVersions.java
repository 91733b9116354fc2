package io.jenkins.plugins.multiarch.retention.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.ApiAnswer;
import io.jenkins.plugins.multiarch.retention.StoredManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The versions of a package ("REST API endpoints for packages"): each is a manifest, with its tags. */
final class GitHubVersions {
    private static final int PAGE = 100;

    private final GitHubApi api;

    GitHubVersions(GitHubApi api) {
        this.api = api;
    }

    /** @param manifest whose time is that of the last change, of its tags too */
    record Version(long id, StoredManifest manifest) {
        boolean isOf(Digest digest) {
            return manifest.digest().equals(digest);
        }
    }

    /** What a package has now; read again where versions go meanwhile, for others move up to pages already read. */
    List<Version> active(Repository repository) throws InterruptedException {
        long before = count(repository);
        for (int read = 1; read <= PagedList.READS; read++) {
            List<Version> versions = all(repository, "active");
            long after = count(repository);
            if (after >= before) {
                return versions;
            }
            before = after;
        }
        throw PagedList.changing(what(repository));
    }

    private long count(Repository repository) throws InterruptedException {
        ApiAnswer answer = api.get(repository, "");
        if (!answer.isSuccess()) {
            throw GitHubApi.PROVIDER.refused(answer);
        }
        return answer.json().path("version_count").asLong();
    }

    /** What was deleted, as far as GitHub lists it. */
    List<Version> deleted(Repository repository) throws InterruptedException {
        return all(repository, "deleted");
    }

    /** One of the active ones; those pushed last are listed first, so that this is quick for what was just pushed. */
    Optional<Version> find(Repository repository, Digest digest) throws InterruptedException {
        List<Version> read = PagedList.all(what(repository), Version::id, number -> {
            PagedList.Page<Version> page = page(repository, "active", number);
            boolean found = page.entries().stream().anyMatch(version -> version.isOf(digest));
            return new PagedList.Page<>(page.entries(), found || page.last());
        });
        return read.stream().filter(version -> version.isOf(digest)).findFirst();
    }

    /** One of the active ones as it is now. */
    Optional<Version> get(Repository repository, long id) throws InterruptedException {
        ApiAnswer answer = api.get(repository, "/versions/" + id);
        if (!answer.isSuccess() && answer.status() != 404) {
            throw GitHubApi.PROVIDER.refused(answer);
        }
        return answer.isSuccess() ? Optional.of(read(answer.json())) : Optional.empty();
    }

    private List<Version> all(Repository repository, String state) throws InterruptedException {
        return PagedList.all(what(repository), Version::id, number -> page(repository, state, number));
    }

    private static String what(Repository repository) {
        return "The list of versions of " + repository;
    }

    /** The last page is the one that is neither full nor says where to go on. */
    private PagedList.Page<Version> page(Repository repository, String state, int number) throws InterruptedException {
        ApiAnswer answer = api.get(repository, "/versions?state=" + state + "&per_page=" + PAGE + "&page=" + number);
        if (!answer.isSuccess()) {
            throw GitHubApi.PROVIDER.refused(answer);
        }
        List<Version> versions = new ArrayList<>();
        answer.list().forEach(json -> versions.add(read(json)));
        boolean more = answer.header("Link")
                .filter(link -> link.contains("rel=\"next\""))
                .isPresent();
        return new PagedList.Page<>(versions, !more && versions.size() < PAGE);
    }

    private static Version read(JsonNode json) {
        Set<Tag> tags = new LinkedHashSet<>();
        json.path("metadata").path("container").path("tags").forEach(tag -> tags.add(new Tag(tag.asText())));
        return new Version(
                json.path("id").asLong(),
                new StoredManifest(Digest.parse(json.path("name").asText()), tags, changed(json)));
    }

    private static Optional<Instant> changed(JsonNode json) {
        return Stream.of(json.path("created_at"), json.path("updated_at"))
                .flatMap(time -> Times.read(time.asText("")).stream())
                .max(Instant::compareTo);
    }
}
