package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request to an API that a provider has beside its registry. Its text shows neither headers nor body.
 *
 * @param secrets what no message may show, even where the answer repeats it
 * @param repeatable whether sending it twice does no more than sending it once
 */
public record ApiRequest(
        String method, URI uri, Map<String, String> headers, byte[] body, Set<String> secrets, boolean repeatable) {
    private static final Access NOBODY = Access.to(Action.PULL, new Repository("localhost", "api"));
    private static final String HIDDEN = "********";

    /** Shorter ones would blot out parts of words. */
    private static final int SHORTEST_SECRET = 4;

    public ApiRequest {
        headers = Map.copyOf(headers);
        secrets = Set.copyOf(secrets);
    }

    public static ApiRequest get(URI uri) {
        return new ApiRequest("GET", uri, Map.of(), new byte[0], Set.of(), true);
    }

    public static ApiRequest delete(URI uri) {
        return new ApiRequest("DELETE", uri, Map.of(), new byte[0], Set.of(), true);
    }

    public static ApiRequest post(URI uri, byte[] body) {
        return new ApiRequest("POST", uri, Map.of(), body, Set.of(), true);
    }

    public static ApiRequest put(URI uri, byte[] body) {
        return new ApiRequest("PUT", uri, Map.of(), body, Set.of(), true);
    }

    /** With one more header. */
    public ApiRequest with(String name, String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new ReleaseException(
                    "The header " + name + " for " + uri.getAuthority() + " has characters that no header can have.",
                    "Look for line ends and letters with accents in the credentials.");
        }
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new ApiRequest(method, uri, all, body, secrets, repeatable);
    }

    /** With one more header whose value, the last word of it, is a secret. */
    public ApiRequest withSecret(String name, String value) {
        return with(name, value).hiding(value.substring(value.lastIndexOf(' ') + 1));
    }

    /** With HTTP's basic scheme (RFC 7617). */
    public ApiRequest withBasic(Credentials credentials) {
        return withSecret("Authorization", TokenClient.basic(credentials)).hiding(credentials.secret());
    }

    public ApiRequest hiding(String secret) {
        Set<String> all = new LinkedHashSet<>(secrets);
        if (secret.length() >= SHORTEST_SECRET) {
            all.add(secret);
        }
        return new ApiRequest(method, uri, headers, body, all, repeatable);
    }

    /** The same, but sent again only where the API says that it came too often. */
    public ApiRequest once() {
        return new ApiRequest(method, uri, headers, body, secrets, false);
    }

    Call call() {
        Optional<Upload> upload =
                method.equals("POST") || method.equals("PUT") ? Optional.of(Upload.of(body)) : Optional.empty();
        return new Call(method, uri, headers, upload, NOBODY, repeatable);
    }

    String blotted(String text) {
        String blotted = text;
        for (String secret : secrets) {
            blotted = blotted.replace(secret, HIDDEN);
        }
        return blotted;
    }

    /** Method, host and path. */
    @Override
    public String toString() {
        return blotted(method + " " + Call.described(uri));
    }
}
