package io.jenkins.plugins.multiarch.attest.keyless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Base64Text;
import io.jenkins.plugins.multiarch.image.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/** What Rekor answers to a proposed entry, which it adds to its log. */
final class FakeRekor {
    private FakeRekor() {}

    /** Of its first generation, with a promise and a proof of inclusion. */
    static byte[] first(FakeLog log, Instant now, byte[] request) throws GeneralSecurityException {
        byte[] entry = Json.write(entry(Json.read(request, "The request")));
        int index = log.add(entry);
        String logId = HexFormat.of().formatHex(log.id());
        long time = now.getEpochSecond();
        String promise = "{\"body\":\"" + Base64Text.of(entry) + "\",\"integratedTime\":" + time + ",\"logID\":\""
                + logId + "\",\"logIndex\":" + (1000 + index) + "}";
        ObjectNode answer = Json.object();
        ObjectNode node = answer.putObject("24296fb24b8ad77a" + index)
                .put("body", Base64Text.of(entry))
                .put("integratedTime", time)
                .put("logID", logId)
                .put("logIndex", 1000 + index);
        ObjectNode verification = node.putObject("verification")
                .put("signedEntryTimestamp", Base64Text.of(log.sign(promise.getBytes(StandardCharsets.UTF_8))));
        ObjectNode proof = verification
                .putObject("inclusionProof")
                .put("checkpoint", log.checkpoint())
                .put("logIndex", index)
                .put("rootHash", HexFormat.of().formatHex(log.root()))
                .put("treeSize", log.size());
        ArrayNode hashes = proof.putArray("hashes");
        log.proof(index).forEach(hash -> hashes.add(HexFormat.of().formatHex(hash)));
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

    /** Of its second generation, which tells no time. */
    static byte[] second(FakeLog log, byte[] body) throws GeneralSecurityException {
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
        int index = log.add(canonical);
        ObjectNode answer = Json.object().put("logIndex", Integer.toString(index));
        answer.putObject("logId").put("keyId", Base64Text.of(log.id()));
        answer.putObject("kindVersion").put("kind", "hashedrekord").put("version", "0.0.2");
        ObjectNode proof = answer.putObject("inclusionProof")
                .put("logIndex", Integer.toString(index))
                .put("rootHash", Base64Text.of(log.root()))
                .put("treeSize", Integer.toString(log.size()));
        ArrayNode hashes = proof.putArray("hashes");
        log.proof(index).forEach(hash -> hashes.add(Base64Text.of(hash)));
        proof.putObject("checkpoint").put("envelope", log.checkpoint());
        answer.put("canonicalizedBody", Base64Text.of(canonical));
        return Json.write(answer);
    }
}
