import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A token service for a docker-registry with {@code auth: token}. Anybody gets a token to pull, the one user also to
 * push and delete.
 *
 * <p>Run as {@code java TokenServer.java PORT KEY.pem CERTIFICATE.pem USER:PASSWORD}, with an EC key in PKCS#8.
 */
class TokenServer {

    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();

    private final PrivateKey key;
    private final String certificate;
    private final String authorization;

    TokenServer(PrivateKey key, String certificate, String credentials) {
        this.key = key;
        this.certificate = certificate;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        byte[] pkcs8 = Base64.getDecoder().decode(body(arguments[1]));
        PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        TokenServer tokens = new TokenServer(key, body(arguments[2]), arguments[3]);
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
        server.createContext("/token", tokens::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            boolean known = authorization.equals(given);
            if (given != null && !known) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            String query = exchange.getRequestMethod().equals("POST")
                    ? new String(exchange.getRequestBody().readNBytes(64 * 1024), StandardCharsets.UTF_8)
                    : exchange.getRequestURI().getRawQuery();
            byte[] answer = ("{\"token\":\"" + token(query == null ? "" : query, known) + "\",\"expires_in\":300}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private String token(String query, boolean known) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String header = "{\"typ\":\"JWT\",\"alg\":\"ES256\",\"x5c\":[\"" + certificate + "\"]}";
        String claims = "{\"iss\":\"multiarch-tests\",\"aud\":\"registry\",\"sub\":\"" + (known ? "user" : "")
                + "\",\"iat\":" + now + ",\"nbf\":" + (now - 10) + ",\"exp\":" + (now + 300)
                + ",\"jti\":\"" + UUID.randomUUID() + "\",\"access\":[" + access(query, known) + "]}";
        String signed = base64Url(header) + "." + base64Url(claims);
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.UTF_8));
        return signed + "." + BASE64_URL.encodeToString(signature.sign());
    }

    /** Turns {@code scope=repository:a/b:pull,push} into the claims of the token. */
    private static String access(String query, boolean known) {
        List<String> scopes = new ArrayList<>();
        for (String parameter : query.split("&")) {
            if (parameter.startsWith("scope=")) {
                String value = URLDecoder.decode(parameter.substring("scope=".length()), StandardCharsets.UTF_8);
                scopes.addAll(Arrays.asList(value.split(" ")));
            }
        }
        return scopes.stream()
                .filter(scope -> scope.matches("[a-z]+:[a-z0-9._/-]+:[a-z,*]+"))
                .map(scope -> scope.split(":"))
                .map(parts -> "{\"type\":\"" + parts[0] + "\",\"name\":\"" + parts[1] + "\",\"actions\":["
                        + Arrays.stream(parts[2].split(","))
                                .filter(action -> known || action.equals("pull"))
                                .map(action -> "\"" + action + "\"")
                                .collect(Collectors.joining(","))
                        + "]}")
                .collect(Collectors.joining(","));
    }

    private static String base64Url(String text) {
        return BASE64_URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String body(String pemFile) throws IOException {
        return Files.readString(Path.of(pemFile)).replaceAll("-----[^-]+-----|\\s", "");
    }
}
