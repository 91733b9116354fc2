package io.jenkins.plugins.multiarch.retention.provider.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Harbor's API 2.0 for projects, artifacts and tags, with immutable tags and the deletion of all that an index lists and of
 * accessories.
 */
public final class FakeHarbor extends FakeProvider {
    private static final Pattern ARTIFACTS =
            Pattern.compile("/projects/([^/]+)/repositories/([^/]+)/artifacts(?:/([^/]+)(?:/tags/([^/]+))?)?");

    private final String authorization;
    private final Set<String> immutable = new HashSet<>();
    private boolean open;
    private int moved;

    public FakeHarbor(FakeRegistry registry, String user, String password) {
        super(registry, "/api/v2.0");
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    public void makeImmutable(String tag) {
        immutable.add(tag);
    }

    public void makePublic() {
        open = true;
    }

    /** Counts one more artifact than there is the next times that it is asked for a list. */
    public void pushWhileListing(int times) {
        moved = times;
    }

    @Override
    public synchronized Reply answer(Asked asked) {
        String path = asked.path().substring(prefix().length());
        if (path.equals("/ping")) {
            return Reply.text(200, "Pong");
        }
        if (!asked.header("Authorization").equals(Optional.of(authorization))) {
            return error(401, "UNAUTHORIZED", "unauthorized");
        }
        if (path.matches("/projects/[^/]+")) {
            ObjectNode project = Json.object().put("name", path.substring("/projects/".length()));
            project.putObject("metadata").put("public", Boolean.toString(open));
            return Reply.json(200, project);
        }
        Matcher matcher = ARTIFACTS.matcher(path);
        if (!matcher.matches()) {
            return Reply.text(404, "404 page not found");
        }
        String repository = matcher.group(1) + "/" + decoded(decoded(matcher.group(2)));
        if (registry().manifests(repository).isEmpty()) {
            return error(404, "NOT_FOUND", "repository " + repository + " not found");
        }
        if (matcher.group(3) == null) {
            return list(asked, repository);
        }
        Optional<Digest> digest = digest(repository, decoded(matcher.group(3)));
        if (digest.isEmpty()) {
            return error(404, "NOT_FOUND", "artifact " + repository + " not found");
        }
        if (matcher.group(4) != null) {
            return untag(repository, digest.get(), decoded(matcher.group(4)));
        }
        return asked.method().equals("GET")
                ? Reply.json(200, artifact(repository, digest.get()))
                : delete(repository, digest.get());
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Reply error(int status, String code, String message) {
        ObjectNode json = Json.object();
        json.putArray("errors").addObject().put("code", code).put("message", message);
        return Reply.json(status, json);
    }

    private Optional<Digest> digest(String repository, String reference) {
        return reference.startsWith("sha256:")
                ? Optional.of(Digest.parse(reference)).filter(registry().manifests(repository)::contains)
                : registry().tagged(repository, reference);
    }

    /** Without {@code base=*} it lists neither what an index lists, if it has no tag, nor accessories. */
    private Reply list(Asked asked, String repository) {
        boolean everything = asked.parameter("q").equals(Optional.of("base=*"));
        List<Digest> all = newestFirst(repository).stream()
                .filter(digest -> everything || !tags(repository, digest).isEmpty() || !isListed(repository, digest))
                .toList();
        Slice<Digest> page = slice(all, asked.number("page", 1), Math.min(100, asked.number("page_size", 10)));
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        page.entries().forEach(digest -> json.add(artifact(repository, digest)));
        Reply reply = Reply.json(200, json)
                .with("X-Total-Count", Integer.toString(moved-- > 0 ? all.size() + 1 : all.size()));
        return page.more() ? reply.with("Link", "</api/v2.0/next>; rel=\"prev\" , </next>; rel=\"next\"") : reply;
    }

    private ObjectNode artifact(String repository, Digest digest) {
        ObjectNode json = Json.object().put("digest", digest.toString()).put("push_time", "2025-01-01T00:00:00.000Z");
        List<String> tags = tags(repository, digest);
        if (tags.isEmpty()) {
            return json.put("push_time", pushed(digest).toString()).putNull("tags");
        }
        ArrayNode names = json.putArray("tags");
        tags.forEach(tag -> names.addObject()
                .put("name", tag)
                .put("push_time", pushed(digest).toString()));
        return json;
    }

    private Reply delete(String repository, Digest digest) {
        if (isListed(repository, digest)) {
            return error(412, "VIOLATE_FOREIGN_KEY_CONSTRAINT", "the deleting artifact is referenced by others");
        }
        Optional<String> kept =
                tags(repository, digest).stream().filter(immutable::contains).findFirst();
        if (kept.isPresent()) {
            return immutable(kept.get());
        }
        deleteDeeply(repository, digest);
        return Reply.of(200);
    }

    private void deleteDeeply(String repository, Digest digest) {
        List<Digest> children = manifest(repository, digest).children().stream()
                .map(Descriptor::digest)
                .filter(registry().manifests(repository)::contains)
                .toList();
        List<Digest> accessories = accessories(repository, digest);
        registry().loseManifest(repository, digest);
        accessories.forEach(accessory -> deleteDeeply(repository, accessory));
        children.stream()
                .filter(child -> tags(repository, child).isEmpty() && !isListed(repository, child))
                .forEach(child -> deleteDeeply(repository, child));
    }

    /** What is about an artifact by its subject, and what cosign keeps for it under a tag. */
    private List<Digest> accessories(String repository, Digest digest) {
        String signature = digest.algorithm() + "-" + digest.hex() + ".sig";
        return registry().manifests(repository).stream()
                .filter(other -> manifest(repository, other)
                                .subject()
                                .filter(about -> about.digest().equals(digest))
                                .isPresent()
                        || tags(repository, other).contains(signature))
                .toList();
    }

    private Reply untag(String repository, Digest digest, String tag) {
        if (!tags(repository, digest).contains(tag)) {
            return error(404, "NOT_FOUND", "tag " + tag + " attached to artifact not found");
        }
        if (immutable.contains(tag)) {
            return immutable(tag);
        }
        registry().untag(repository, tag);
        return Reply.of(200);
    }

    private static Reply immutable(String tag) {
        return error(412, "PRECONDITION", "the tag " + tag + " configured as immutable, cannot be deleted");
    }
}
