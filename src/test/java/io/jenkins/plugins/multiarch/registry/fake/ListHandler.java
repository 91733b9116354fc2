package io.jenkins.plugins.multiarch.registry.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Lists of tags, of referrers and of repositories. */
final class ListHandler {
    private final Storage storage;
    private final Settings settings;
    private final Pages pages;

    ListHandler(Storage storage, Settings settings) {
        this.storage = storage;
        this.settings = settings;
        this.pages = new Pages(settings);
    }

    Response catalog(Request request) {
        return pages.page(request, new TreeSet<>(storage.names()), names -> {
            ObjectNode json = Json.object();
            names.forEach(json.putArray("repositories")::add);
            return Response.json(200, json);
        });
    }

    Response tags(Request request, Route route) {
        StoredRepository repository = storage.find(route.repository()).orElseThrow(() -> unknown(route));
        if (settings.has(Trait.UNPAGED_TAGS)) {
            return unpaged(repository, route);
        }
        return pages.page(
                request, repository.tags().navigableKeySet(), tags -> Response.json(200, document(route, tags)));
    }

    private static Response unpaged(StoredRepository repository, Route route) {
        if (!repository.wasTagged()) {
            throw unknown(route);
        }
        List<String> tags = new ArrayList<>(repository.tags().keySet());
        tags.sort(Comparator.comparing(String::hashCode));
        ObjectNode json = document(route, tags);
        if (tags.isEmpty()) {
            json.putNull("tags");
        }
        return Response.json(200, json);
    }

    private static ObjectNode document(Route route, Collection<String> tags) {
        ObjectNode json = Json.object().put("name", route.repository());
        tags.forEach(json.putArray("tags")::add);
        return json;
    }

    private static Refused unknown(Route route) {
        return new Refused(404, "NAME_UNKNOWN", "repository name not known to registry: " + route.repository());
    }

    Response referrers(Request request, Route route) {
        if (settings.has(Trait.NO_REFERRERS_API)) {
            return Response.text(404, "404 page not found\n");
        }
        Optional<StoredRepository> repository = storage.find(route.repository());
        Optional<String> type =
                request.query().get("artifactType").filter(t -> !settings.has(Trait.NO_REFERRERS_FILTER));
        NavigableSet<String> digests = new TreeSet<>();
        repository.ifPresent(found -> found.referrers(route.digest()).stream()
                .filter(digest -> type.isEmpty() || type.equals(artifactType(found, digest)))
                .map(Digest::toString)
                .forEach(digests::add));
        Response response = pages.page(request, digests, page -> Response.json(200, index(repository, page)));
        Response typed = response.replacing("Content-Type", MediaTypes.OCI_INDEX);
        return type.isPresent() ? typed.with("OCI-Filters-Applied", "artifactType") : typed;
    }

    private static Optional<String> artifactType(StoredRepository repository, Digest digest) {
        return repository.manifest(digest).map(StoredManifest::artifactType);
    }

    private static ObjectNode index(Optional<StoredRepository> repository, List<String> digests) {
        ObjectNode json = Json.object().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
        ArrayNode manifests = json.putArray("manifests");
        repository.ifPresent(found -> digests.forEach(digest ->
                found.manifest(Digest.parse(digest)).ifPresent(manifest -> manifests.add(manifest.descriptor()))));
        return json;
    }
}
