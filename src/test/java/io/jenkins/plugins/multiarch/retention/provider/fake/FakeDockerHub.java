package io.jenkins.plugins.multiarch.retention.provider.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Docker Hub's API: tokens, repositories and their tags, and the path to delete a tag that is not documented. */
public final class FakeDockerHub extends FakeProvider {
    private static final Pattern REPOSITORY = Pattern.compile("/v2/namespaces/([^/]+)/repositories/([^/]+)(/tags)?");
    private static final Pattern TAG = Pattern.compile("/v2/repositories/([^/]+)/([^/]+)/tags/([^/]+)/");

    private final String user;
    private final String secret;
    private final Set<String> withoutDigest = new HashSet<>();
    private int tokens;
    private boolean open;

    public FakeDockerHub(FakeRegistry registry, String user, String secret) {
        super(registry, "/hub");
        this.user = user;
        this.secret = secret;
    }

    /** Takes no token any more that it has handed out. */
    public synchronized void expireTokens() {
        tokens++;
    }

    public void makePublic() {
        open = true;
    }

    /** Lists a tag as one from before digests were noted. */
    public void forgetDigest(String tag) {
        withoutDigest.add(tag);
    }

    @Override
    public synchronized Reply answer(Asked asked) {
        String path = asked.path().substring(prefix().length());
        if (path.equals("/v2/auth/token")) {
            return login(Json.read(asked.body(), "The login"));
        }
        if (!asked.header("Authorization").equals(Optional.of("Bearer " + token()))) {
            return Reply.json(401, Json.object().put("detail", "unauthorized"));
        }
        Matcher tag = TAG.matcher(path);
        if (tag.matches() && asked.method().equals("DELETE")) {
            return untag(tag.group(1) + "/" + tag.group(2), tag.group(3));
        }
        Matcher repository = REPOSITORY.matcher(path);
        if (!repository.matches() || !asked.method().equals("GET")) {
            return notFound();
        }
        String name = repository.group(1) + "/" + repository.group(2);
        if (registry().manifests(name).isEmpty()) {
            return notFound();
        }
        return repository.group(3) == null
                ? Reply.json(200, Json.object().put("name", repository.group(2)).put("is_private", !open))
                : list(asked, name);
    }

    private String token() {
        return "hub-jwt-" + tokens;
    }

    private Reply login(JsonNode login) {
        boolean known = login.path("identifier").asText().equals(user)
                && login.path("secret").asText().equals(secret);
        return known
                ? Reply.json(200, Json.object().put("access_token", token()))
                : Reply.json(401, Json.object().put("detail", "Incorrect authentication credentials"));
    }

    private static Reply notFound() {
        return Reply.json(404, Json.object().put("message", "object not found"));
    }

    private Reply untag(String repository, String tag) {
        if (registry().tagged(repository, tag).isEmpty()) {
            return notFound();
        }
        registry().untag(repository, tag);
        return Reply.of(204);
    }

    private Reply list(Asked asked, String repository) {
        Slice<String> page = slice(
                registry().tags(repository), asked.number("page", 1), Math.min(100, asked.number("page_size", 10)));
        ObjectNode json = Json.object().put("count", registry().tags(repository).size());
        json.put("next", page.more() ? base() + "/next" : null);
        ArrayNode results = json.putArray("results");
        for (String tag : page.entries()) {
            Digest digest = registry().tagged(repository, tag).orElseThrow();
            ObjectNode result = results.addObject()
                    .put("name", tag)
                    .put("last_updated", "2025-01-01T00:00:00.123456Z")
                    .put("tag_last_pushed", pushed(digest).toString());
            if (!withoutDigest.contains(tag)) {
                result.put("digest", digest.toString());
            }
        }
        return Reply.json(200, json);
    }
}
