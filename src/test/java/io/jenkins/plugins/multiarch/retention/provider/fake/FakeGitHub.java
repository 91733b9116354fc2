package io.jenkins.plugins.multiarch.retention.provider.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GitHub's REST API for packages of containers (API version 2022-11-28), with the accounts that it needs.
 *
 * <p>Who has a token of the account {@code acme} owns its packages, whether it is an organisation or a user.
 */
public final class FakeGitHub extends FakeProvider {
    private static final Pattern PACKAGE =
            Pattern.compile("(/orgs/[^/]+|/users/[^/]+|/user)/packages/container/([^/]+)(/.*)?");
    private static final Pattern VERSION = Pattern.compile("/versions/([0-9]+)(/restore)?");

    private record Deleted(String repository, Manifest manifest, List<String> tags) {}

    private final String token;
    private final Map<String, Boolean> organisations = new HashMap<>();
    private final Map<String, Long> ids = new HashMap<>();
    private final Map<Long, Deleted> deleted = new TreeMap<>();
    private final Set<Digest> downloaded = new HashSet<>();
    private final Set<Digest> unlisted = new HashSet<>();
    private Optional<String> login = Optional.empty();
    private String visibility = "private";

    public FakeGitHub(FakeRegistry registry, String token) {
        super(registry, "/github");
        this.token = token;
    }

    public FakeGitHub organisation(String name) {
        organisations.put(name, true);
        return this;
    }

    /** @param own whether the token is that user's; without one it is that of an app */
    public FakeGitHub user(String name, boolean own) {
        organisations.put(name, false);
        login = own ? Optional.of(name) : login;
        return this;
    }

    public void visibility(String given) {
        visibility = given;
    }

    /** Counts more than 5,000 downloads of a version. */
    public void downloaded(Digest digest) {
        downloaded.add(digest);
    }

    /** Does not list what is not there yet. */
    public void listNothingNew(String repository) {
        registry().manifests(repository).forEach(unlisted::add);
    }

    @Override
    public synchronized Reply answer(Asked asked) {
        if (!asked.header("Authorization").equals(Optional.of("Bearer " + token))) {
            return error(401, "Bad credentials");
        }
        String path = asked.path().substring(prefix().length());
        if (path.equals("/user")) {
            return login.map(name -> Reply.json(200, account(name)))
                    .orElse(error(403, "Resource not accessible by integration"));
        }
        if (path.matches("/users/[^/]+")) {
            String name = path.substring("/users/".length());
            return organisations.containsKey(name) ? Reply.json(200, account(name)) : error(404, "Not Found");
        }
        Matcher matcher = PACKAGE.matcher(path);
        return matcher.matches()
                ? packaged(
                        asked,
                        matcher.group(1),
                        matcher.group(2),
                        Optional.ofNullable(matcher.group(3)).orElse(""))
                : error(404, "Not Found");
    }

    private ObjectNode account(String name) {
        return Json.object().put("login", name).put("type", organisations.get(name) ? "Organization" : "User");
    }

    private static Reply error(int status, String message) {
        return Reply.json(
                status, Json.object().put("message", message).put("documentation_url", "https://docs.github.com/rest"));
    }

    private Reply packaged(Asked asked, String account, String encoded, String below) {
        String owner = account.equals("/user") ? login.orElse("") : account.substring(account.lastIndexOf('/') + 1);
        boolean rightPath = account.startsWith("/orgs/") == organisations.getOrDefault(owner, false);
        String repository = owner + "/" + URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        if (!rightPath || registry().manifests(repository).isEmpty()) {
            return error(404, "Package not found.");
        }
        if (below.isEmpty()) {
            return Reply.json(
                    200,
                    Json.object()
                            .put("package_type", "container")
                            .put("visibility", visibility)
                            .put(
                                    "version_count",
                                    registry().manifests(repository).size()));
        }
        if (below.equals("/versions")) {
            return list(asked, repository);
        }
        Matcher version = VERSION.matcher(below);
        if (!version.matches()) {
            return error(404, "Not Found");
        }
        long id = Long.parseLong(version.group(1));
        return version.group(2) == null ? version(asked, repository, id) : restore(repository, id);
    }

    private Reply list(Asked asked, String repository) {
        List<ObjectNode> all = new ArrayList<>();
        if (asked.parameter("state").equals(Optional.of("deleted"))) {
            deleted.forEach((id, gone) -> all.add(version(id, gone.manifest().digest(), gone.tags())));
        } else {
            newestFirst(repository).stream()
                    .filter(digest -> unlisted.isEmpty() || unlisted.contains(digest))
                    .forEach(digest -> all.add(version(id(repository, digest), digest, tags(repository, digest))));
        }
        Slice<ObjectNode> page = slice(all, asked.number("page", 1), asked.number("per_page", 30));
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        page.entries().forEach(json::add);
        Reply reply = Reply.json(200, json);
        return page.more() ? reply.with("Link", "<" + base() + "/next>; rel=\"next\"") : reply;
    }

    private ObjectNode version(long id, Digest digest, Collection<String> tags) {
        ObjectNode json = Json.object()
                .put("id", id)
                .put("name", digest.toString())
                .put("created_at", "2025-01-01T00:00:00Z")
                .put("updated_at", pushed(digest).toString());
        ArrayNode names = json.putObject("metadata")
                .put("package_type", "container")
                .putObject("container")
                .putArray("tags");
        tags.forEach(names::add);
        return json;
    }

    private long id(String repository, Digest digest) {
        return ids.computeIfAbsent(repository + "@" + digest, name -> 1000L + ids.size());
    }

    private Optional<Digest> digest(String repository, long id) {
        return registry().manifests(repository).stream()
                .filter(digest -> id(repository, digest) == id)
                .findFirst();
    }

    private Reply version(Asked asked, String repository, long id) {
        Optional<Digest> found = digest(repository, id);
        if (found.isEmpty()) {
            return error(404, "Package version not found.");
        }
        Digest digest = found.get();
        List<String> tags = tags(repository, digest);
        if (asked.method().equals("GET")) {
            return Reply.json(200, version(id, digest, tags));
        }
        if (downloaded.contains(digest)) {
            return error(
                    400,
                    "Publicly visible package versions with more than 5000 downloads cannot be deleted."
                            + " Contact GitHub support for further assistance.");
        }
        boolean lastTagged = !tags.isEmpty() && tags.containsAll(registry().tags(repository));
        if (lastTagged || registry().manifests(repository).size() == 1) {
            return error(
                    400,
                    "You cannot delete the last " + (lastTagged ? "tagged " : "")
                            + "version of a package. You must delete the package instead.");
        }
        deleted.put(id, new Deleted(repository, manifest(repository, digest), tags));
        registry().loseManifest(repository, digest);
        return Reply.of(204);
    }

    private Reply restore(String repository, long id) {
        Deleted gone = deleted.remove(id);
        if (gone == null || !gone.repository().equals(repository)) {
            return error(404, "Package version not found.");
        }
        registry().addManifest(repository, gone.manifest());
        gone.tags()
                .forEach(tag -> registry().tag(repository, tag, gone.manifest().digest()));
        return Reply.of(204);
    }
}
