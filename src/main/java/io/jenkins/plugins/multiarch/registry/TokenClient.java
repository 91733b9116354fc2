package io.jenkins.plugins.multiarch.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fetches bearer tokens from the authorisation service a registry names (distribution, "Token Authentication"). */
final class TokenClient {
    /** The longest answer read, in bytes. */
    static final int MAX_ANSWER = 1024 * 1024;

    private static final int DEFAULT_SECONDS = 60;
    private static final int MAX_SECONDS = 3600;
    private static final String CLIENT = "multiarch-release";

    private final Exchange exchange;

    TokenClient(Exchange exchange) {
        this.exchange = exchange;
    }

    /** A token for these scopes; anonymous where there are no credentials. */
    Token fetch(Challenge challenge, List<String> scopes, Access access, Optional<Credentials> credentials, URI asked)
            throws InterruptedIOException, InterruptedException {
        URI realm = realm(challenge, asked);
        boolean exchangeIdentity =
                credentials.filter(Credentials::isIdentityToken).isPresent();
        Call call = exchangeIdentity
                ? post(realm, challenge, scopes, access, credentials.orElseThrow())
                : Call.get(URI.create(realm + separator(realm) + query(challenge, scopes)), access);
        Optional<String> basic = exchangeIdentity ? Optional.empty() : credentials.map(TokenClient::basic);
        try (Answer answer = exchange.send(call, basic)) {
            if (!answer.isSuccess()) {
                throw RegistryErrors.of(call, answer, credentials);
            }
            return read(Json.read(answer.bytes(), "The answer of " + Call.described(realm)), realm);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw RegistryErrors.noAnswer(call, e);
        }
    }

    /** The header of HTTP's basic scheme (RFC 7617). */
    static String basic(Credentials credentials) {
        String pair = credentials.username() + ":" + credentials.secret();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static URI realm(Challenge challenge, URI asked) {
        URI realm;
        try {
            realm = asked.resolve(challenge.parameter("realm"));
        } catch (IllegalArgumentException e) {
            throw unusable(challenge, asked, "is not an address", e);
        }
        Origin service = Origin.of(realm);
        if (challenge.parameter("realm").isEmpty() || !List.of("http", "https").contains(service.scheme())) {
            throw unusable(challenge, asked, "is not an address", null);
        }
        if (Origin.of(asked).isSecure() && !service.isSecure() && !service.isLoopback()) {
            throw unusable(challenge, asked, "is not encrypted, though the registry is", null);
        }
        return realm;
    }

    private static ReleaseException unusable(Challenge challenge, URI asked, String reason, Throwable cause) {
        return new ReleaseException(
                asked.getAuthority() + " sends clients for a token to '" + Shown.of(challenge.parameter("realm"))
                        + "', which " + reason + ".",
                "Ask whoever runs the registry to correct the realm of its token service.",
                cause);
    }

    private static Call post(
            URI realm, Challenge challenge, List<String> scopes, Access access, Credentials credentials) {
        String form = Stream.of(
                        field("grant_type", "refresh_token"),
                        field("refresh_token", credentials.secret()),
                        field("client_id", CLIENT),
                        field("service", challenge.parameter("service")),
                        field("scope", String.join(" ", scopes)))
                .collect(Collectors.joining("&"));
        return new Call(
                        "POST",
                        realm,
                        Map.of(),
                        Optional.of(Upload.of(form.getBytes(StandardCharsets.UTF_8))),
                        access,
                        true)
                .with("Content-Type", "application/x-www-form-urlencoded");
    }

    private static String query(Challenge challenge, List<String> scopes) {
        Stream<String> service = Stream.of(challenge.parameter("service"))
                .filter(s -> !s.isEmpty())
                .map(s -> field("service", s));
        return Stream.concat(service, scopes.stream().map(scope -> field("scope", scope)))
                .collect(Collectors.joining("&"));
    }

    private static String separator(URI realm) {
        return realm.getRawQuery() == null ? "?" : "&";
    }

    private static String field(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static Token read(ObjectNode json, URI realm) {
        String token = json.path("token").asText(json.path("access_token").asText(""));
        if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new ReleaseException(
                    Call.described(realm) + " answered without a usable token.",
                    "Check the credentials used for this registry.");
        }
        int seconds = Math.min(MAX_SECONDS, json.path("expires_in").asInt(DEFAULT_SECONDS));
        return new Token(token, Instant.now().plusSeconds(Math.max(1, seconds * 9L / 10)));
    }

    /** Sends one call, with retries but without authorisation of its own. */
    @FunctionalInterface
    interface Exchange {
        Answer send(Call call, Optional<String> authorization) throws IOException, InterruptedException;
    }
}
