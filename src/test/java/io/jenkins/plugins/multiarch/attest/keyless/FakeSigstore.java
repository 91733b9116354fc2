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
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
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
        return Json.write(Json.read(trustedRoot(), "The trusted root").remove(List.of(lists)));
    }

    public byte[] trustedRoot() throws Exception {
        ObjectNode root = Json.object().put("mediaType", "application/vnd.dev.sigstore.trustedroot+json;version=0.1");
        ArrayNode logs = root.putArray("tlogs");
        log(logs.addObject(), rekor1, "https://rekor.example.com", "PKIX_ECDSA_P256_SHA_256");
        log(logs.addObject(), rekor2, address(), "PKIX_ED25519");
        authority(root.putArray("certificateAuthorities").addObject(), authority.issuer(), authority.root());
        log(root.putArray("ctlogs").addObject(), certificateLog, "https://ct.example.com", "PKIX_ECDSA_P256_SHA_256");
        authority(
                root.putArray("timestampAuthorities").addObject(),
                timestampCertificate,
                timestampIssuer.issuer(),
                timestampIssuer.root());
        return Json.write(root);
    }

    private void log(ObjectNode node, FakeLog log, String address, String details) {
        node.put("baseUrl", address).put("hashAlgorithm", "SHA2_256");
        node.putObject("publicKey")
                .put("rawBytes", base64(log.key.getPublic().getEncoded()))
                .put("keyDetails", details)
                .putObject("validFor")
                .put("start", now.minus(Duration.ofDays(1)).toString());
        node.putObject("logId").put("keyId", base64(log.id()));
    }

    private void authority(ObjectNode node, X509Certificate... chain) {
        node.putObject("subject").put("organization", "example").put("commonName", "example");
        node.put("uri", "https://example.com");
        ArrayNode certificates = node.putObject("certChain").putArray("certificates");
        for (X509Certificate certificate : chain) {
            certificates.addObject().put("rawBytes", base64(X509.encoded(certificate)));
        }
        node.putObject("validFor").put("start", now.minus(Duration.ofDays(1)).toString());
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

    private byte[] log1(byte[] body) throws Exception {
        if (body.length == 0) {
            return known;
        }
        byte[] entry = Json.write(entry(Json.read(body, "The request")));
        int index = rekor1.add(entry);
        String logId = HexFormat.of().formatHex(rekor1.id());
        long time = now.getEpochSecond();
        String promise = "{\"body\":\"" + base64(entry) + "\",\"integratedTime\":" + time + ",\"logID\":\"" + logId
                + "\",\"logIndex\":" + (1000 + index) + "}";
        ObjectNode answer = Json.object();
        ObjectNode node = answer.putObject("24296fb24b8ad77a" + index)
                .put("body", base64(entry))
                .put("integratedTime", time)
                .put("logID", logId)
                .put("logIndex", 1000 + index);
        ObjectNode verification = node.putObject("verification")
                .put("signedEntryTimestamp", base64(rekor1.sign(promise.getBytes(StandardCharsets.UTF_8))));
        ObjectNode proof = verification
                .putObject("inclusionProof")
                .put("checkpoint", rekor1.checkpoint())
                .put("logIndex", index)
                .put("rootHash", HexFormat.of().formatHex(rekor1.root()))
                .put("treeSize", rekor1.size());
        ArrayNode hashes = proof.putArray("hashes");
        rekor1.proof(index).forEach(hash -> hashes.add(HexFormat.of().formatHex(hash)));
        return Json.write(answer);
    }

    /** What the log writes down of a proposed entry: fields in the order of RFC 8785. */
    private static JsonNode entry(JsonNode proposed) {
        if (proposed.path("kind").asText().equals("hashedrekord")) {
            ObjectNode entry = Json.object().put("apiVersion", "0.0.1").put("kind", "hashedrekord");
            ObjectNode spec = entry.putObject("spec");
            spec.set("data", proposed.at("/spec/data"));
            spec.set("signature", proposed.at("/spec/signature"));
            return entry;
        }
        byte[] text = proposed.at("/spec/proposedContent/envelope").asText().getBytes(StandardCharsets.UTF_8);
        JsonNode envelope = Json.read(text, "The envelope");
        byte[] payload = Base64.getDecoder().decode(envelope.path("payload").asText());
        ObjectNode entry = Json.object().put("apiVersion", "0.0.1").put("kind", "dsse");
        ObjectNode spec = entry.putObject("spec");
        hash(spec.putObject("envelopeHash"), text);
        hash(spec.putObject("payloadHash"), payload);
        spec.putArray("signatures")
                .addObject()
                .put("signature", envelope.at("/signatures/0/sig").asText())
                .put(
                        "verifier",
                        proposed.at("/spec/proposedContent/verifiers/0").asText());
        return entry;
    }

    private static void hash(ObjectNode node, byte[] content) {
        node.put("algorithm", "sha256").put("value", HexFormat.of().formatHex(Hashes.sha256(content)));
    }

    private byte[] log2(byte[] body) throws Exception {
        JsonNode request = Json.read(body, "The request").path("hashedRekordRequestV002");
        ObjectNode entry = Json.object().put("apiVersion", "0.0.2").put("kind", "hashedrekord");
        ObjectNode record = entry.putObject("spec").putObject("hashedRekordV002");
        record.putObject("data")
                .put("algorithm", "SHA2_256")
                .put("digest", request.path("digest").asText());
        ObjectNode signature = record.putObject("signature");
        signature.put("content", request.at("/signature/content").asText());
        ObjectNode verifier = signature.putObject("verifier");
        verifier.put("keyDetails", request.at("/signature/verifier/keyDetails").asText());
        verifier.set("x509Certificate", request.at("/signature/verifier/x509Certificate"));
        byte[] canonical = Json.write(entry);
        int index = rekor2.add(canonical);
        ObjectNode answer = Json.object().put("logIndex", Integer.toString(index));
        answer.putObject("logId").put("keyId", base64(rekor2.id()));
        answer.putObject("kindVersion").put("kind", "hashedrekord").put("version", "0.0.2");
        ObjectNode proof = answer.putObject("inclusionProof")
                .put("logIndex", Integer.toString(index))
                .put("rootHash", base64(rekor2.root()))
                .put("treeSize", Integer.toString(rekor2.size()));
        ArrayNode hashes = proof.putArray("hashes");
        rekor2.proof(index).forEach(hash -> hashes.add(base64(hash)));
        proof.putObject("checkpoint").put("envelope", rekor2.checkpoint());
        answer.put("canonicalizedBody", base64(canonical));
        return Json.write(answer);
    }

    private byte[] timestamp(byte[] request) throws Exception {
        return FakeAuthority.timestamp(request, timestampCertificate, timestampKey, timestampHash, timestampTime);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
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
