package io.jenkins.plugins.multiarch.retention.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.ApiClient;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.retention.DoomedManifest;
import io.jenkins.plugins.multiarch.retention.ManifestStore;
import io.jenkins.plugins.multiarch.retention.Removal;
import io.jenkins.plugins.multiarch.retention.StoredManifest;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Amazon ECR, one private registry of it. Manifests are deleted in batches of a hundred, those that an index lists after it.
 *
 * <p>A tag that is an image's last one takes the image along, so it is moved to a manifest of nothing first; where tags are
 * immutable it stays.
 */
public final class EcrImages implements ManifestStore {
    private static final int PAGE = 1000;

    private final Registry registry;
    private final EcrApi api;

    /** @param base {@link EcrRegistry#api()}, or that of an endpoint inside a network of one's own */
    public EcrImages(ApiClient client, URI base, EcrRegistry place, Registry registry, AwsCredentials credentials) {
        this.registry = registry;
        this.api = new EcrApi(client, base, place, credentials);
    }

    @Override
    public String name() {
        return EcrApi.PROVIDER.name();
    }

    @Override
    public Optional<List<StoredManifest>> list(Repository repository) throws InterruptedException {
        ObjectNode parameters = api.about(repository).put("maxResults", PAGE);
        return Optional.of(PagedList.all("The list of images of " + repository, StoredManifest::digest, number -> {
            if (number == 1) {
                parameters.remove("nextToken");
            }
            ObjectNode json = api.require("DescribeImages", parameters);
            String next = json.path("nextToken").asText("");
            parameters.put("nextToken", next);
            List<StoredManifest> images = new ArrayList<>();
            json.path("imageDetails").forEach(image -> images.add(read(image)));
            return new PagedList.Page<>(images, next.isEmpty());
        }));
    }

    private static StoredManifest read(JsonNode image) {
        Set<Tag> tags = new LinkedHashSet<>();
        image.path("imageTags").forEach(tag -> tags.add(new Tag(tag.asText())));
        JsonNode pushed = image.path("imagePushedAt");
        return new StoredManifest(
                Digest.parse(image.path("imageDigest").asText()),
                tags,
                pushed.isNumber() ? Optional.of(time(pushed.decimalValue())) : Optional.empty());
    }

    /** @param seconds since 1970, with a fraction */
    private static Instant time(BigDecimal seconds) {
        return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
    }

    @Override
    public List<Removal> delete(Repository repository, List<DoomedManifest> manifests) throws InterruptedException {
        return new EcrDeletion(api, registry, repository).delete(manifests);
    }

    @Override
    public Removal untag(Repository repository, Tag tag, Digest stays) throws InterruptedException {
        Optional<Manifest> image = registry.find(repository, tag);
        if (image.filter(found -> found.digest().equals(stays)).isEmpty()) {
            return image.map(found -> Removal.moved(found.digest())).orElse(Removal.GONE);
        }
        EcrDeletion deletion = new EcrDeletion(api, registry, repository);
        if (deletion.tags(stays).size() < 2) {
            return untagLast(repository, tag, stays, deletion);
        }
        Removal removal = deletion.untag(tag, stays);
        if (registry.head(repository, stays).isEmpty()) {
            registry.put(repository, stays, image.get()); // somebody took the other tags off at the same time
        }
        return removal;
    }

    private Removal untagLast(Repository repository, Tag tag, Digest stays, EcrDeletion deletion)
            throws InterruptedException {
        try {
            return new ThrowAway(registry)
                    .untag(
                            repository,
                            tag,
                            stays,
                            nothing -> deletion.delete(List.of(new DoomedManifest(nothing, Set.of(tag))))
                                    .get(0));
        } catch (RegistryException e) {
            if (e.getMessage().toLowerCase(Locale.ROOT).contains("immutable")) {
                return Removal.kept("tags are immutable there, and an image's last one goes with the image alone");
            }
            throw e;
        }
    }

    /** Images that are deleted cannot be brought back. */
    @Override
    public boolean restore(Repository repository, Digest digest) {
        return false;
    }

    /** Public repositories are in another registry, {@code public.ecr.aws}. */
    @Override
    public Optional<Visibility> visibility(Repository repository) {
        return Optional.of(Visibility.PRIVATE);
    }
}
