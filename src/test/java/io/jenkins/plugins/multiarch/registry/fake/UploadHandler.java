package io.jenkins.plugins.multiarch.registry.fake;

import io.jenkins.plugins.multiarch.image.Digest;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blobs on their way in: in one request, in two, in chunks, or from another repository. */
final class UploadHandler {
    private static final Pattern CONTENT_RANGE = Pattern.compile("(\\d+)-(\\d+)");
    private static final String STATE = "_state";

    private final Storage storage;
    private final Settings settings;

    UploadHandler(Storage storage, Settings settings) {
        this.storage = storage;
        this.settings = settings;
    }

    Response begin(Request request, Route route) throws IOException {
        if (!request.method().equals("POST")) {
            return Response.error(405, "UNSUPPORTED", "the operation is unsupported");
        }
        if (settings.has(Trait.NO_AUTO_CREATION)
                && storage.find(route.repository()).isEmpty()) {
            throw new Refused(404, "NAME_UNKNOWN", "The repository " + route.repository() + " does not exist");
        }
        Optional<String> mounted = request.query().get("mount");
        if (mounted.isPresent() && mount(request, route, Route.digest(mounted.get()))) {
            return stored(request, route, Route.digest(mounted.get()));
        }
        Optional<String> digest = request.query().get("digest");
        Upload upload = storage.begin();
        if (digest.isPresent() && !settings.has(Trait.NO_SINGLE_POST)) {
            upload.append(request.body());
            return finish(request, route, upload, Route.digest(digest.get()));
        }
        request.drain();
        return progress(request, route, upload, 202);
    }

    private boolean mount(Request request, Route route, Digest digest) {
        StoredBlob blob = request.query()
                .get("from")
                .flatMap(storage::find)
                .map(from -> from.blobs().get(digest))
                .orElse(null);
        if (blob == null || settings.has(Trait.NO_MOUNT)) {
            return false;
        }
        storage.create(route.repository()).blobs().put(digest, blob);
        return true;
    }

    Response answer(Request request, Route route) throws IOException {
        Upload upload = storage.upload(route.reference()).orElseThrow(UploadHandler::unknown);
        return switch (request.method()) {
            case "GET" -> progress(request, route, upload, 204);
            case "PATCH" -> patch(request, route, upload);
            case "PUT" -> put(request, route, upload);
            case "DELETE" -> cancel(upload);
            default -> Response.error(405, "UNSUPPORTED", "the operation is unsupported");
        };
    }

    private Response patch(Request request, Route route, Upload upload) throws IOException {
        refuseIfStale(request, upload);
        Matcher range = CONTENT_RANGE.matcher(request.header("Content-Range").orElse(""));
        boolean wrong = range.matches() && Long.parseLong(range.group(1)) != upload.size();
        if (wrong && !settings.has(Trait.UNCHECKED_CONTENT_RANGE)) {
            request.drain();
            return progress(request, route, upload, 416);
        }
        upload.append(request.body());
        return progress(request, route, upload, 202);
    }

    private Response put(Request request, Route route, Upload upload) throws IOException {
        refuseIfStale(request, upload);
        String digest =
                request.query().get("digest").orElseThrow(() -> new Refused(400, "DIGEST_INVALID", "digest missing"));
        upload.append(request.body());
        return finish(request, route, upload, Route.digest(digest));
    }

    private Response cancel(Upload upload) throws IOException {
        storage.end(upload);
        upload.discard();
        return Response.of(204);
    }

    private Response finish(Request request, Route route, Upload upload, Digest expected) throws IOException {
        StoredBlob content = upload.finish();
        storage.end(upload);
        if (!upload.digest(expected.algorithm(), content).equals(expected)) {
            upload.discard();
            throw new Refused(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        }
        Digest name = settings.has(Trait.SHA256_ONLY) && !expected.algorithm().equals("sha256")
                ? upload.digest("sha256", content)
                : expected;
        storage.create(route.repository()).blobs().put(name, content);
        return stored(request, route, name);
    }

    private Response stored(Request request, Route route, Digest digest) {
        return Response.of(201)
                .with("Location", address(request, "/v2/" + route.repository() + "/blobs/" + digest))
                .with("Docker-Content-Digest", digest.toString());
    }

    private Response progress(Request request, Route route, Upload upload, int status) {
        String path =
                "/v2/" + route.repository() + "/blobs/uploads/" + upload.id() + "?" + STATE + "=" + upload.state();
        return Response.of(status)
                .with("Location", address(request, path))
                .with("Range", "0-" + Math.max(0, upload.size() - 1))
                .with("Docker-Upload-UUID", upload.id());
    }

    private String address(Request request, String path) {
        return settings.has(Trait.ABSOLUTE_ADDRESSES) ? request.origin() + path : path;
    }

    private static void refuseIfStale(Request request, Upload upload) {
        if (!request.query().get(STATE).equals(Optional.of(Integer.toString(upload.state())))) {
            throw unknown();
        }
    }

    private static Refused unknown() {
        return new Refused(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
    }
}
