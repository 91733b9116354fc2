package io.jenkins.plugins.multiarch.attest.keyless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.keys.Pem;
import io.jenkins.plugins.multiarch.keys.PublicKeys;
import io.jenkins.plugins.multiarch.keys.TrustedKey;
import io.jenkins.plugins.multiarch.keys.X509;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * A Sigstore instance in this process: Fulcio, Rekor 1 and 2, a certificate log and a timestamp authority, with a trusted
 * root of their own. It checks what the real ones check of a request.
 */
public final class FakeSigstore implements AutoCloseable {
    public static final String ISSUER = "https://jenkins.example.com/oidc";
    public static final String SUBJECT = "https://jenkins.example.com/job/app/job/main/";

    final Instant now = Instant.now();
    final FakeLog rekor1 = new FakeLog("EC", "rekor.example.com", "rekor.example.com - 42");
    final FakeLog rekor2 = new FakeLog("Ed25519", "127.0.0.1", "127.0.0.1");
    final FakeLog certificateLog = new FakeLog("EC", "ct", "ct");
    final FakeAuthority authority = new FakeAuthority(
            "fulcio", KeyPurposeId.id_kp_codeSigning, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
    final FakeAuthority timestampIssuer = new FakeAuthority(
            "tsa", KeyPurposeId.id_kp_timeStamping, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
    final KeyPair timestampKey = FakeAuthority.keys();
    final X509Certificate timestampCertificate = timestampIssuer.timestamping(
            timestampKey.getPublic(), now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)));
    /** All requests: address and body. */
    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    /** Answers to give once instead of the right ones: by path, a status and a body. */
    final Map<String, Map.Entry<Integer, String>> faults = new ConcurrentHashMap<>();

    /** Whether Rekor 1 says that it has an entry already, and where. */
    boolean rekorKnowsAll;

    private byte[] known = {};

    Duration certificateLife = Duration.ofMinutes(10);
    Instant timestampTime = now;
    ASN1ObjectIdentifier timestampHash = NISTObjectIdentifiers.id_sha256;
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    public FakeSigstore() throws Exception {
        serve("/api/v2/signingCert", this::certify);
        serve("/api/v1/log/entries", this::log1);
        serve("/api/v2/log/entries", this::log2);
        serve("/tsa", this::timestamp);
        server.start();
    }

    /** A token as an OpenID Connect provider would make it, signed by nobody. */
    static String token(String claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
                + "." + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + "." + base64.encodeToString("a signature that is secret".getBytes(StandardCharsets.UTF_8));
    }

    public static String token() {
        return token("{\"iss\":\"" + ISSUER + "\",\"sub\":\"" + SUBJECT + "\",\"aud\":\"sigstore\"}");
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    SigningServices services() {
        return SigningServices.of(address(), address(), address() + "/tsa");
    }

    SigningServices servicesOfRekor2() {
        return new SigningServices(
                SigningServices.address(address()),
                List.of(new SigningServices.Log(SigningServices.address(address()), 2)),
                List.of(SigningServices.address(address() + "/tsa")));
    }

    /** The same services, as a signing config names them. */
    public byte[] signingConfig() {
        ObjectNode config = Json.object().put("mediaType", "application/vnd.dev.sigstore.signingconfig.v0.2+json");
        service(config.putArray("caUrls"), address());
        service(config.putArray("rekorTlogUrls"), address());
        service(config.putArray("tsaUrls"), address() + "/tsa");
        config.putObject("rekorTlogConfig").put("selector", "ANY");
        config.putObject("tsaConfig").put("selector", "ANY");
        return Json.write(config);
    }

    private void service(ArrayNode list, String url) {
        list.addObject()
                .put("url", url)
                .put("majorApiVersion", 1)
                .put("operator", "example.com")
                .putObject("validFor")
                .put("start", now.minus(Duration.ofDays(1)).toString());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** As {@link #trustedRoot()}, without some of its lists. */
    byte[] trustedRootWithout(String... lists) throws Exception {
        return Json.write(new FakeTrustedRoot(this).json().remove(List.of(lists)));
    }

    public byte[] trustedRoot() throws Exception {
        return Json.write(new FakeTrustedRoot(this).json());
    }

    private interface Service {
        byte[] answer(byte[] request) throws Exception;
    }

    private void serve(String path, Service service) {
        server.createContext(path, exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().entrySet() + " " + new String(body, StandardCharsets.ISO_8859_1));
            Map.Entry<Integer, String> fault = faults.remove(path);
            if (fault != null) {
                respond(exchange, fault.getKey(), fault.getValue().getBytes(StandardCharsets.UTF_8));
                return;
            }
            try {
                byte[] answer = service.answer(body);
                if (rekorKnowsAll && body.length > 0 && path.startsWith("/api/v1/")) {
                    known = answer;
                    exchange.getResponseHeaders().set("Location", path + "/24296fb24b8ad77a");
                    respond(exchange, 409, new byte[0]);
                    return;
                }
                respond(exchange, path.endsWith("tsa") ? 200 : 201, answer);
            } catch (Exception e) {
                respond(exchange, 400, String.valueOf(e).getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    private byte[] certify(byte[] body) throws Exception {
        JsonNode request = Json.read(body, "The request");
        String token = request.at("/credentials/oidcIdentityToken").asText();
        JsonNode claims = Json.read(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), "The claims");
        String pem = request.at("/publicKeyRequest/publicKey/content").asText();
        PublicKey key = PublicKeys.decode(
                Pem.readAll(pem.getBytes(StandardCharsets.US_ASCII)).get(0).content());
        byte[] proof = Fields.bytes(request.path("publicKeyRequest"), "proofOfPossession");
        String subject = claims.path("sub").asText();
        if (!new TrustedKey(key).verifies(proof, subject.getBytes(StandardCharsets.UTF_8))) {
            throw new IllegalArgumentException("the proof of possession is wrong");
        }
        X509Certificate certificate = authority.signing(
                key,
                FakeAuthority.uri(subject),
                List.of(
                        FakeAuthority.oldTokenIssuer(claims.path("iss").asText()),
                        FakeAuthority.tokenIssuer(claims.path("iss").asText())),
                now.minusSeconds(5),
                now.plus(certificateLife),
                certificateLog);
        ObjectNode answer = Json.object();
        answer.putObject("signedCertificateEmbeddedSct")
                .putObject("chain")
                .putArray("certificates")
                .add(Pem.ofCertificate(X509.encoded(certificate)))
                .add(Pem.ofCertificate(X509.encoded(authority.issuer())))
                .add(Pem.ofCertificate(X509.encoded(authority.root())));
        return Json.write(answer);
    }

    private byte[] log1(byte[] body) throws GeneralSecurityException {
        return body.length == 0 ? known : FakeRekor.first(rekor1, now, body);
    }

    private byte[] log2(byte[] body) throws GeneralSecurityException {
        return FakeRekor.second(rekor2, body);
    }

    private byte[] timestamp(byte[] request) throws Exception {
        return FakeAuthority.timestamp(request, timestampCertificate, timestampKey, timestampHash, timestampTime);
    }

    /** Whether a request to this path held these words. */
    boolean told(String path, String words) {
        return requests.stream().anyMatch(request -> request.startsWith(path + " ") && request.contains(words));
    }

    long asked(String... paths) {
        return requests.stream()
                .filter(request -> Arrays.stream(paths).anyMatch(path -> request.startsWith(path + " ")))
                .count();
    }
}
