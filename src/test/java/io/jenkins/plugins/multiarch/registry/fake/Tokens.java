package io.jenkins.plugins.multiarch.registry.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A token service and the access that goes with it (the token authentication of the distribution project, with its
 * OAuth 2 form).
 */
final class Tokens implements Access {
    static final String PATH = "/token";
    private static final String SERVICE = "fake.registry";
    private static final int FORM_LIMIT = 1 << 16;

    private record Token(Optional<Users.User> user, Set<Permission> permissions, Instant expiry) {}

    private final Users users;
    private final ChallengeForm form;
    private final Duration lifetime;
    private final boolean tokenOnly;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final Map<String, Users.User> refreshTokens = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    Tokens(Users users, ChallengeForm form, Duration lifetime, boolean tokenOnly) {
        this.users = users;
        this.form = form;
        this.lifetime = lifetime;
        this.tokenOnly = tokenOnly;
    }

    /** Makes every access token worthless; refresh tokens stay good. */
    void expire() {
        tokens.clear();
    }

    /** A refresh token of a user, as {@code docker login} keeps it as identity token. */
    String identityToken(String user) {
        String token = "refresh-" + numbers.incrementAndGet();
        refreshTokens.put(token, users.named(user).orElseThrow());
        return token;
    }

    @Override
    public void check(Request request, Set<Permission> needed) {
        String header = request.header("Authorization").orElse("");
        Token token = header.startsWith("Bearer ") ? tokens.get(header.substring("Bearer ".length())) : null;
        boolean valid = token != null && Instant.now().isBefore(token.expiry());
        if (valid && token.permissions().containsAll(needed)) {
            return;
        }
        boolean insufficient = valid && !token.permissions().containsAll(needed);
        String message = insufficient ? "insufficient scope" : "authentication required";
        throw new Refused(form.challenge(
                Response.error(401, "UNAUTHORIZED", message),
                request.origin() + PATH,
                SERVICE,
                Permission.scope(needed),
                insufficient));
    }

    /** Answers a request for a token. */
    Response answer(Request request) throws IOException {
        if (request.method().equals("GET")) {
            return byPassword(request);
        }
        if (request.method().equals("POST")) {
            return byGrant(request);
        }
        return Response.of(405);
    }

    private Response byPassword(Request request) {
        Optional<Users.User> user = request.header("Authorization").flatMap(users::basic);
        if (request.header("Authorization").isPresent() && user.isEmpty()) {
            return Response.error(401, "UNAUTHORIZED", "incorrect username or password");
        }
        boolean offline =
                request.query().get("offline_token").filter("true"::equals).isPresent();
        return issued(request.query(), user, offline, true);
    }

    private Response byGrant(Request request) throws IOException {
        Query posted = Query.parse(new String(request.body().readNBytes(FORM_LIMIT), StandardCharsets.UTF_8));
        String grant = posted.get("grant_type").orElse("");
        Optional<Users.User> user = switch (grant) {
            case "password" ->
                users.find(
                        posted.get("username").orElse(""),
                        posted.get("password").orElse(""));
            case "refresh_token" -> posted.get("refresh_token").map(refreshTokens::get);
            default -> Optional.empty();
        };
        if (user.isEmpty()) {
            return Response.json(401, Json.object().put("error", "invalid_grant"));
        }
        boolean offline = posted.get("access_type").filter("offline"::equals).isPresent();
        return issued(posted, user, offline, false);
    }

    private Response issued(Query query, Optional<Users.User> user, boolean offline, boolean named) {
        if (!query.get("service").equals(Optional.of(SERVICE))) {
            return Response.error(400, "UNSUPPORTED", "unknown service");
        }
        Set<Permission> permissions = users.granted(user, Permission.parse(query.all("scope")));
        String text = "access-" + numbers.incrementAndGet();
        tokens.put(text, new Token(user, permissions, Instant.now().plus(lifetime)));
        ObjectNode json = Json.object();
        if (named) {
            json.put("token", text);
        }
        if (!named || !tokenOnly) {
            json.put("access_token", text).put("expires_in", lifetime.toSeconds());
        }
        user.filter(known -> offline).ifPresent(known -> json.put("refresh_token", identityToken(known.name())));
        return Response.json(200, json);
    }

    List<String> issuedTokens() {
        return List.copyOf(tokens.keySet());
    }
}
