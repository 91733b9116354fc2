package io.jenkins.plugins.multiarch.registry.fake;

import io.jenkins.plugins.multiarch.image.Digest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Manifests by tag and by digest. */
final class ManifestHandler {
    private static final int LIMIT = 4 << 20;

    private final Storage storage;
    private final Settings settings;
    private final Negotiation negotiation;
    private final AtomicInteger pulls = new AtomicInteger();

    ManifestHandler(Storage storage, Settings settings) {
        this.storage = storage;
        this.settings = settings;
        this.negotiation = new Negotiation(settings);
    }

    Response answer(Request request, Route route) throws IOException {
        return switch (request.method()) {
            case "GET", "HEAD" -> read(request, route);
            case "PUT" -> put(request, route);
            case "DELETE" -> delete(route);
            default -> Response.error(405, "UNSUPPORTED", "the operation is unsupported");
        };
    }

    private Response read(Request request, Route route) {
        boolean counted = request.method().equals("GET");
        if (counted && pulls.incrementAndGet() > settings.pullLimit()) {
            throw new Refused(Response.error(429, "TOOMANYREQUESTS", "You have reached your pull rate limit.")
                    .with("Retry-After", "1"));
        }
        StoredRepository repository = storage.find(route.repository()).orElseThrow(() -> unknown(route));
        StoredManifest stored = repository.find(route.reference()).orElseThrow(() -> unknown(route));
        boolean byTag = route.reference().indexOf(':') < 0;
        StoredManifest manifest = negotiation.choose(stored, request.joined("Accept"), byTag, repository);
        String etag = etag(manifest.digest());
        Response found = Response.of(200)
                .with("Content-Type", manifest.mediaType())
                .with("Docker-Content-Digest", manifest.digest().toString())
                .with("Etag", etag);
        if (request.header("If-None-Match").filter(etag::equals).isPresent()) {
            return new Response(304, found.headers(), Body.NONE);
        }
        Response limited = settings.has(Trait.RATE_LIMIT_HEADERS)
                ? found.with("ratelimit-limit", "100;w=21600").with("ratelimit-remaining", "76;w=21600")
                : found;
        return limited.withBody(Body.of(manifest.bytes()));
    }

    private static String etag(Digest digest) {
        return "\"" + digest + "\"";
    }

    private static Refused unknown(Route route) {
        return new Refused(404, "MANIFEST_UNKNOWN", "manifest unknown: " + route.reference());
    }

    private Response put(Request request, Route route) throws IOException {
        byte[] bytes = request.body().readNBytes(LIMIT + 1);
        if (bytes.length > LIMIT) {
            throw new Refused(413, "SIZE_INVALID", "manifest is larger than 4 MiB");
        }
        if (settings.has(Trait.NO_AUTO_CREATION)
                && storage.find(route.repository()).isEmpty()) {
            throw new Refused(404, "NAME_UNKNOWN", "The repository " + route.repository() + " does not exist");
        }
        boolean byTag = route.reference().indexOf(':') < 0;
        Digest digest = byTag ? Digest.sha256(bytes) : route.digest();
        if (!digest.matches(bytes)) {
            throw new Refused(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        }
        StoredRepository repository = storage.create(route.repository());
        StoredManifest manifest = ManifestCheck.accepted(
                bytes, digest, request.header("Content-Type").orElse(""), repository);
        synchronized (repository) {
            if (byTag) {
                refuseIfChanged(request, Optional.ofNullable(repository.tags().get(route.reference())), digest, route);
            }
            repository.add(manifest);
            if (byTag) {
                repository.tag(route.reference(), digest);
            }
        }
        Response stored = Response.of(201)
                .with("Location", "/v2/" + route.repository() + "/manifests/" + digest)
                .with("Docker-Content-Digest", digest.toString());
        return manifest.subject()
                .filter(subject -> !settings.has(Trait.NO_REFERRERS_API))
                .map(subject -> stored.with("OCI-Subject", subject.toString()))
                .orElse(stored);
    }

    private void refuseIfChanged(Request request, Optional<Digest> current, Digest digest, Route route) {
        if (settings.has(Trait.IMMUTABLE_TAGS)
                && current.isPresent()
                && !current.get().equals(digest)) {
            throw new Refused(
                    400,
                    "TAG_INVALID",
                    "The image tag '" + route.reference() + "' already exists in the '" + route.repository()
                            + "' repository and cannot be overwritten because the tag is immutable.");
        }
        if (!settings.has(Trait.CONDITIONAL_PUT)) {
            return;
        }
        boolean moved = !settings.has(Trait.IF_MATCH_IGNORED)
                && request.header("If-Match")
                        .filter(expected -> !current.map(ManifestHandler::etag).equals(Optional.of(expected)))
                        .isPresent();
        boolean exists = request.header("If-None-Match").filter("*"::equals).isPresent() && current.isPresent();
        if (moved || exists) {
            throw new Refused(412, "PRECONDITION_FAILED", "the tag has moved");
        }
    }

    private Response delete(Route route) {
        if (settings.has(Trait.DELETE_DISABLED)) {
            return Response.error(405, "UNSUPPORTED", "the operation is unsupported");
        }
        StoredRepository repository = storage.find(route.repository()).orElseThrow(() -> unknown(route));
        return route.reference().indexOf(':') < 0 ? deleteTag(repository, route) : deleteManifest(repository, route);
    }

    private Response deleteTag(StoredRepository repository, Route route) {
        if (settings.has(Trait.TAG_DELETE_INVALID)) {
            return Response.error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        }
        if (settings.has(Trait.TAG_DELETE_UNSUPPORTED)) {
            return Response.error(405, "UNSUPPORTED", "the operation is unsupported");
        }
        Digest led = repository.tags().remove(route.reference());
        if (led == null) {
            throw unknown(route);
        }
        if (settings.has(Trait.LAST_TAG_TAKES_MANIFEST) && !repository.isTagged(led)) {
            repository.remove(led);
        }
        return Response.of(202);
    }

    private Response deleteManifest(StoredRepository repository, Route route) {
        Digest digest = route.digest();
        boolean listed = repository.isListed(digest);
        if (settings.has(Trait.CHILDREN_PROTECTED) && listed) {
            return Response.error(
                    400, "ImageReferencedByManifestList", "Requested image referenced by manifest list: " + digest);
        }
        if (settings.has(Trait.DELETE_UNREFERENCED_ONLY) && (listed || repository.isTagged(digest))) {
            return Response.error(403, "DENIED", "manifest is tagged or referenced by another manifest");
        }
        if (!repository.remove(digest)) {
            throw unknown(route);
        }
        return Response.of(202);
    }
}
