package io.jenkins.plugins.multiarch.retention.provider;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.ApiAnswer;
import io.jenkins.plugins.multiarch.registry.ApiClient;
import io.jenkins.plugins.multiarch.registry.CredentialSource;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.retention.DoomedManifest;
import io.jenkins.plugins.multiarch.retention.ManifestStore;
import io.jenkins.plugins.multiarch.retention.Removal;
import io.jenkins.plugins.multiarch.retention.StoredManifest;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * GitHub's container registry, which deletes by the REST API for packages alone. A version is a manifest; its tags go with it.
 *
 * <p>Deleted versions can be restored for 30 days. Each manifest that is read of it counts as a download, and one of a
 * public package with more than 5,000 cannot be deleted.
 */
public final class GitHubPackages implements ManifestStore {
    /** Where github.com's API is. */
    public static final URI API = URI.create("https://api.github.com");

    private static final Pattern DOWNLOADED = Pattern.compile("(?i)more than 5,?000 downloads");
    private static final Pattern LAST = Pattern.compile("(?i)cannot delete the last (?:tagged )?version");

    /** How often a version is looked for that was just pushed, since GitHub lists it a moment later. */
    private static final int LOOKS = 4;

    private final Registry registry;
    private final GitHubApi api;
    private final GitHubVersions versions;
    private final Map<Repository, Map<Digest, Long>> ids = new ConcurrentHashMap<>();
    /** What GitHub listed as deleted when something was first restored. */
    private final Map<Repository, Map<Digest, Long>> deleted = new ConcurrentHashMap<>();

    /** @param base {@link #API}, or that of a GitHub Enterprise such as {@code https://github.acme.com/api/v3} */
    public GitHubPackages(ApiClient client, URI base, Registry registry, CredentialSource credentials) {
        this.registry = registry;
        this.api = new GitHubApi(client, base, credentials);
        this.versions = new GitHubVersions(api);
    }

    @Override
    public String name() {
        return GitHubApi.PROVIDER.name();
    }

    @Override
    public Optional<List<StoredManifest>> list(Repository repository) throws InterruptedException {
        List<StoredManifest> manifests = new ArrayList<>();
        Map<Digest, Long> found = new HashMap<>();
        for (GitHubVersions.Version version : versions.active(repository)) {
            manifests.add(version.manifest());
            found.put(version.manifest().digest(), version.id());
        }
        ids.put(repository, Map.copyOf(found));
        return Optional.of(List.copyOf(manifests));
    }

    @Override
    public List<Removal> delete(Repository repository, List<DoomedManifest> manifests) throws InterruptedException {
        List<Digest> digests = manifests.stream().map(DoomedManifest::digest).toList();
        if (!ids.getOrDefault(repository, Map.of()).keySet().containsAll(digests)) {
            list(repository);
        }
        Map<Digest, Long> known = ids.get(repository);
        return OneByOne.delete(
                manifests,
                manifest -> known.containsKey(manifest.digest())
                        ? delete(repository, known.get(manifest.digest()), manifest)
                        : Removal.GONE);
    }

    /** Its tags go with a version, so they are read once more. */
    private Removal delete(Repository repository, long id, DoomedManifest manifest) throws InterruptedException {
        Optional<GitHubVersions.Version> version = versions.get(repository, id);
        if (version.isEmpty()) {
            return Removal.GONE;
        }
        Optional<Removal> kept = manifest.keptBy(version.get().manifest().tags());
        return kept.isPresent() ? kept.get() : delete(repository, id);
    }

    private Removal delete(Repository repository, long id) throws InterruptedException {
        ApiAnswer answer = api.delete(repository, "/versions/" + id);
        if (answer.isSuccess()) {
            return Removal.DELETED;
        }
        if (answer.status() == 404 && api.get(repository, "/versions/" + id).status() == 404) {
            return Removal.GONE;
        }
        String said = answer.message();
        if (DOWNLOADED.matcher(said).find()) {
            return Removal.kept("GitHub deletes no version of a public package with more than 5,000 downloads");
        }
        if (LAST.matcher(said).find()) {
            return Removal.kept("it is the last version of its package, which GitHub deletes with the package alone");
        }
        throw GitHubApi.PROVIDER.refused(answer);
    }

    @Override
    public Removal untag(Repository repository, Tag tag, Digest stays) throws InterruptedException {
        return new ThrowAway(registry).untag(repository, tag, stays, nothing -> {
            for (int look = 1; ; look++) {
                Optional<GitHubVersions.Version> version = versions.find(repository, nothing);
                if (version.isPresent()) {
                    return delete(repository, version.get().id());
                }
                if (look == LOOKS) {
                    return Removal.failed("GitHub does not list a version that was pushed to take the tag away");
                }
                api.pause(look);
            }
        });
    }

    @Override
    public boolean restore(Repository repository, Digest digest) throws InterruptedException {
        Map<Digest, Long> restorable = deleted.get(repository);
        if (restorable == null) {
            restorable = new HashMap<>();
            for (GitHubVersions.Version version : versions.deleted(repository)) {
                restorable.putIfAbsent(version.manifest().digest(), version.id());
            }
            deleted.put(repository, restorable);
        }
        if (!restorable.containsKey(digest)) {
            return false;
        }
        ApiAnswer answer = api.post(repository, "/versions/" + restorable.get(digest) + "/restore");
        if (!answer.isSuccess() && answer.status() != 404) {
            throw GitHubApi.PROVIDER.refused(answer);
        }
        return answer.isSuccess();
    }

    @Override
    public Optional<Visibility> visibility(Repository repository) throws InterruptedException {
        ApiAnswer answer = api.get(repository, "");
        if (!answer.isSuccess()) {
            throw GitHubApi.PROVIDER.refused(answer);
        }
        return switch (answer.json().path("visibility").asText()) {
            case "public" -> Optional.of(Visibility.PUBLIC);
            case "internal" -> Optional.of(Visibility.INTERNAL);
            case "private" -> Optional.of(Visibility.PRIVATE);
            default -> Optional.empty();
        };
    }
}
