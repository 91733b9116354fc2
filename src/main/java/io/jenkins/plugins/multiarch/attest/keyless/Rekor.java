package io.jenkins.plugins.multiarch.attest.keyless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.attest.Envelope;
import io.jenkins.plugins.multiarch.attest.InclusionProof;
import io.jenkins.plugins.multiarch.attest.LogEntry;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.keys.Pem;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes signatures into a log of Rekor 1 or 2 and reads what the log says about them. */
final class Rekor {
    private static final String JSON = "application/json";
    private static final int CONFLICT = 409;
    private static final String PATH_1 = "/api/v1/log/entries";
    private static final String PATH_2 = "/api/v2/log/entries";

    private final ServiceClient client;
    private final SigningServices.Log log;
    private final URI address;

    Rekor(ServiceClient client, SigningServices.Log log) {
        this.client = client;
        this.log = log;
        this.address = URI.create(log.address() + (log.version() == 1 ? PATH_1 : PATH_2));
    }

    URI address() {
        return address;
    }

    /**
     * Logs a signature.
     *
     * @param envelope that holds the signature; nothing for that of a message
     * @param certificate in DER
     */
    LogEntry add(Optional<Envelope> envelope, SignedContent content, byte[] certificate) throws InterruptedException {
        if (log.version() > 1) {
            return LogEntry.parse(client.postJson(address, Json.write(hashedRekord2(content, certificate))));
        }
        String pem = base64(Pem.ofCertificate(certificate).getBytes(StandardCharsets.UTF_8));
        ObjectNode entry = envelope.isPresent() ? dsse(envelope.get(), pem) : hashedRekord(content, pem);
        ServiceClient.Answer answer = client.post(address, JSON, JSON, Json.write(entry));
        if (answer.status() == CONFLICT) {
            answer = client.get(known(answer.location()), JSON);
        }
        return read(client.success(address, answer), entry.path("kind").textValue());
    }

    /** Where the log has the entry already: within itself. */
    private URI known(String location) {
        if (!location.matches("(" + Pattern.quote(origin()) + ")?/api/v1/log/entries/[0-9a-f]+")) {
            throw new Unaccepted("it does not say where it has the entry already");
        }
        return address.resolve(location);
    }

    private String origin() {
        return address.getScheme() + "://" + address.getAuthority();
    }

    /** Rekor's {@code dsse_v0_0_1_schema.json}. */
    private static ObjectNode dsse(Envelope envelope, String pem) {
        ObjectNode entry = Json.object().put("apiVersion", "0.0.1").put("kind", "dsse");
        ObjectNode proposed = entry.putObject("spec").putObject("proposedContent");
        proposed.put("envelope", new String(envelope.toBytes(), StandardCharsets.UTF_8));
        proposed.putArray("verifiers").add(pem);
        return entry;
    }

    /** Rekor's {@code hashedrekord_v0_0_1_schema.json}. */
    private static ObjectNode hashedRekord(SignedContent content, String pem) {
        ObjectNode entry = Json.object().put("apiVersion", "0.0.1").put("kind", "hashedrekord");
        ObjectNode spec = entry.putObject("spec");
        ObjectNode signature = spec.putObject("signature").put("content", base64(content.signature()));
        signature.putObject("publicKey").put("content", pem);
        spec.putObject("data")
                .putObject("hash")
                .put("algorithm", content.rekorHash())
                .put("value", HexFormat.of().formatHex(content.digest()));
        return entry;
    }

    /** {@code HashedRekordRequestV002} of protobuf-specs, which Rekor 2 takes for envelopes too. */
    private static ObjectNode hashedRekord2(SignedContent content, byte[] certificate) {
        ObjectNode request = Json.object();
        ObjectNode record = request.putObject("hashedRekordRequestV002").put("digest", base64(content.digest()));
        ObjectNode verifier = record.putObject("signature")
                .put("content", base64(content.signature()))
                .putObject("verifier");
        verifier.putObject("x509Certificate").put("rawBytes", base64(certificate));
        verifier.put("keyDetails", "PKIX_ECDSA_P256_SHA_256");
        return request;
    }

    /** The entry in an answer of Rekor 1, which is an object with one field, the entry's own identifier. */
    private static LogEntry read(byte[] answer, String kind) {
        Iterator<JsonNode> entries = Json.read(answer, "The log's answer").elements();
        if (!entries.hasNext()) {
            throw new Unaccepted("the log answered without an entry");
        }
        JsonNode entry = entries.next();
        JsonNode proof = entry.path("verification").path("inclusionProof");
        String promise = Fields.textOrEmpty(entry.path("verification"), "signedEntryTimestamp");
        return new LogEntry(
                Fields.number(entry, "logIndex"),
                Fields.hex(entry, "logID"),
                kind,
                "0.0.1",
                Fields.number(entry, "integratedTime"),
                Fields.base64(promise, "signedEntryTimestamp"),
                proof.isObject() ? Optional.of(proof(proof)) : Optional.empty(),
                Fields.bytes(entry, "body"));
    }

    private static InclusionProof proof(JsonNode proof) {
        List<byte[]> hashes = Fields.list(proof, "hashes").stream()
                .map(hash -> Fields.hex(hash.asText(), "hashes"))
                .toList();
        return new InclusionProof(
                Fields.number(proof, "logIndex"),
                Fields.hex(proof, "rootHash"),
                Fields.number(proof, "treeSize"),
                hashes,
                Fields.text(proof, "checkpoint"));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
