package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Knows what each registry wants to see: nothing, a password or a token, and which token for what. Tokens are kept for
 * their credential and scope, so no call ever goes out with somebody else's.
 */
final class Authorization {
    private final CredentialSource source;
    private final TokenClient tokens;
    private final Map<Origin, Challenge> challenges = new ConcurrentHashMap<>();
    private final Map<TokenKey, Token> cache = new ConcurrentHashMap<>();

    private record TokenKey(Origin origin, Optional<Credentials> credentials, List<String> scopes) {}

    Authorization(CredentialSource source, TokenClient tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    Optional<Credentials> credentials(Access access) throws InterruptedException {
        return source.find(access.repository());
    }

    /** What to send along with a call by what the registry has asked for before; nothing where it has not. */
    Optional<String> known(Call call) throws IOException, InterruptedException {
        Challenge challenge = challenges.get(Origin.of(call.uri()));
        return challenge == null
                ? Optional.empty()
                : header(challenge, call, call.access().scopes(), false);
    }

    /**
     * What to send along after a call was answered with 401.
     *
     * @return nothing where we have nothing that could help
     */
    Optional<String> challenged(Call call, Answer answer) throws IOException, InterruptedException {
        Optional<Challenge> challenge = choose(call, Challenge.parseAll(answer.all("WWW-Authenticate")));
        if (challenge.isEmpty()) {
            return Optional.empty();
        }
        challenges.put(Origin.of(call.uri()), challenge.get());
        return header(challenge.get(), call, scopes(call, challenge.get()), true);
    }

    private static Optional<Challenge> choose(Call call, List<Challenge> offered) {
        Optional<Challenge> bearer = first(offered, "bearer");
        Optional<Challenge> chosen = bearer.isPresent() ? bearer : first(offered, "basic");
        if (chosen.isEmpty() && !offered.isEmpty()) {
            String schemes = offered.stream().map(Challenge::scheme).collect(Collectors.joining(", "));
            throw new ReleaseException(
                    call.uri().getAuthority() + " asks for authentication by " + schemes + ", which we do not speak.",
                    "Let the registry, or the proxy before it, offer Basic or Bearer.");
        }
        return chosen;
    }

    private static Optional<Challenge> first(List<Challenge> offered, String scheme) {
        return offered.stream().filter(c -> c.scheme().equals(scheme)).findFirst();
    }

    /** What we need, and what the registry says it needs on top. */
    private static List<String> scopes(Call call, Challenge challenge) {
        List<String> scopes = new ArrayList<>(call.access().scopes());
        for (String asked : challenge.parameter("scope").split(" ")) {
            if (!asked.isEmpty() && scopes.stream().noneMatch(ours -> covers(ours, asked))) {
                scopes.add(asked);
            }
        }
        return List.copyOf(scopes);
    }

    private static boolean covers(String ours, String asked) {
        int colon = asked.lastIndexOf(':');
        return ours.startsWith(asked.substring(0, colon + 1))
                && List.of(ours.substring(ours.lastIndexOf(':') + 1).split(","))
                        .containsAll(List.of(asked.substring(colon + 1).split(",")));
    }

    private Optional<String> header(Challenge challenge, Call call, List<String> scopes, boolean renew)
            throws IOException, InterruptedException {
        Optional<Credentials> credentials = credentials(call.access());
        if (challenge.scheme().equals("basic")) {
            return credentials.map(TokenClient::basic);
        }
        return Optional.of(
                "Bearer " + token(challenge, call, scopes, credentials, renew).value());
    }

    private Token token(
            Challenge challenge, Call call, List<String> scopes, Optional<Credentials> credentials, boolean renew)
            throws IOException, InterruptedException {
        URI asked = call.uri();
        TokenKey key = new TokenKey(Origin.of(asked), credentials, call.access().scopes());
        Token token = cache.get(key);
        if (renew || token == null || !token.isFresh(Instant.now())) {
            token = tokens.fetch(challenge, scopes, call.access(), credentials, asked);
            cache.put(key, token);
        }
        return token;
    }
}
