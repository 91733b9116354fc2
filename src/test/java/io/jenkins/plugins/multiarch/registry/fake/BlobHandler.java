package io.jenkins.plugins.multiarch.registry.fake;

import io.jenkins.plugins.multiarch.image.Digest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blobs that are there: whether, what, and away with them. */
final class BlobHandler {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

    private final Storage storage;
    private final Settings settings;
    private final String storageOrigin;

    /** @param storageOrigin where blobs are fetched from if that is another host, or empty */
    BlobHandler(Storage storage, Settings settings, String storageOrigin) {
        this.storage = storage;
        this.settings = settings;
        this.storageOrigin = storageOrigin;
    }

    Response answer(Request request, Route route) {
        Digest digest = route.digest();
        StoredRepository repository = storage.find(route.repository()).orElseThrow(BlobHandler::unknown);
        StoredBlob blob = Optional.ofNullable(repository.blobs().get(digest)).orElseThrow(BlobHandler::unknown);
        if (request.method().equals("DELETE")) {
            return delete(repository, digest);
        }
        if (!request.isRead()) {
            return Response.error(405, "UNSUPPORTED", "the operation is unsupported");
        }
        if (request.method().equals("GET") && !storageOrigin.isEmpty()) {
            return Response.of(307)
                    .with("Location", storageOrigin + request.path() + "?X-Signature=signed%2Bfor%2F" + digest.hex());
        }
        return content(digest, blob, settings.has(Trait.NO_RANGES) ? "" : range(request));
    }

    private static String range(Request request) {
        return request.header("Range").orElse("");
    }

    private Response delete(StoredRepository repository, Digest digest) {
        if (settings.has(Trait.DELETE_DISABLED)) {
            return Response.error(405, "UNSUPPORTED", "the operation is unsupported");
        }
        repository.blobs().remove(digest);
        return Response.of(202);
    }

    private static Refused unknown() {
        return new Refused(404, "BLOB_UNKNOWN", "blob unknown to registry");
    }

    /** What a storage on another host says: it knows the signature, and takes nobody else's word. */
    static Response fromStorage(Request request, Storage storage) {
        if (request.header("Authorization").isPresent()) {
            return Response.text(400, "Only one auth mechanism allowed");
        }
        Route route = Route.of(request.path()).orElseThrow();
        if (request.query().get("X-Signature").isEmpty()) {
            return Response.text(403, "Access denied");
        }
        StoredBlob blob = storage.find(route.repository()).orElseThrow().blobs().get(route.digest());
        return content(route.digest(), blob, range(request)).without("Docker-Content-Digest");
    }

    private static Response content(Digest digest, StoredBlob blob, String asked) {
        Response response = Response.of(200)
                .with("Content-Type", "application/octet-stream")
                .with("Accept-Ranges", "bytes")
                .with("Docker-Content-Digest", digest.toString());
        Matcher range = RANGE.matcher(asked);
        if (!range.matches()) {
            return response.withBody(Body.of(blob.size(), () -> blob.open(0)));
        }
        long first = Long.parseLong(range.group(1));
        long last =
                range.group(2).isEmpty() ? blob.size() - 1 : Math.min(blob.size() - 1, Long.parseLong(range.group(2)));
        if (first > last) {
            return Response.of(416).with("Content-Range", "bytes */" + blob.size());
        }
        return new Response(206, response.headers(), Body.of(last - first + 1, () -> blob.open(first)))
                .with("Content-Range", "bytes " + first + "-" + last + "/" + blob.size());
    }
}
