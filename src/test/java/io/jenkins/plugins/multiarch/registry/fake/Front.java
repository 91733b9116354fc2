package io.jenkins.plugins.multiarch.registry.fake;

import io.jenkins.plugins.multiarch.image.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where every request comes in: who asks, what goes wrong, and who answers. */
final class Front implements Handler {
    private final Access access;
    private final FaultPlan faults;
    private final ListHandler lists;
    private final ManifestHandler manifests;
    private final BlobHandler blobs;
    private final UploadHandler uploads;
    private final Map<String, Api> apis = new ConcurrentHashMap<>();

    Front(Storage storage, Settings settings, Access access, FaultPlan faults, String storageOrigin) {
        this.access = access;
        this.faults = faults;
        this.lists = new ListHandler(storage, settings);
        this.manifests = new ManifestHandler(storage, settings);
        this.blobs = new BlobHandler(storage, settings, storageOrigin);
        this.uploads = new UploadHandler(storage, settings);
    }

    /** Answers what is asked below a path by another API. */
    void serve(String path, Api api) {
        apis.put(path, api);
    }

    @Override
    public Response answer(Request request) throws IOException, InterruptedException {
        Optional<Api> api = apis.entrySet().stream()
                .filter(entry -> request.rawPath().startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (api.isPresent()) {
            return faults.answer(
                    request, asked -> api.get().answer(new Api.Asked(asked)).response());
        }
        if (request.path().equals(Tokens.PATH) && access instanceof Tokens tokens) {
            return faults.answer(request, tokens::answer);
        }
        Route route =
                Route.of(request.path()).orElseThrow(() -> new Refused(Response.text(404, "404 page not found\n")));
        try {
            access.check(request, Permission.neededBy(request, route));
            return versioned(faults.answer(request, asked -> dispatch(asked, route)));
        } catch (Refused e) {
            throw new Refused(versioned(e.response()));
        }
    }

    private static Response versioned(Response response) {
        return response.isDropped() ? response : response.with("Docker-Distribution-Api-Version", "registry/2.0");
    }

    private Response dispatch(Request request, Route route) throws IOException {
        return switch (route.resource()) {
            case PING -> Response.json(200, Json.object());
            case CATALOG -> lists.catalog(request);
            case TAGS -> lists.tags(request, route);
            case REFERRERS -> lists.referrers(request, route);
            case MANIFEST -> manifests.answer(request, route);
            case UPLOADS -> uploads.begin(request, route);
            case UPLOAD -> uploads.answer(request, route);
            case BLOB -> blobs.answer(request, route);
        };
    }
}
