package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Base64Text;
import io.jenkins.plugins.multiarch.image.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The JSON of a {@link LogEntry} in a bundle: protobuf's, where a number of 64 bits is a text and a zero is left out. */
final class LogEntryJson {
    private static final String WHAT = BundleJson.WHAT;

    private LogEntryJson() {}

    static List<LogEntry> readAll(JsonNode array) {
        List<LogEntry> all = new ArrayList<>();
        array.forEach(json -> all.add(read(json)));
        return all;
    }

    static LogEntry read(JsonNode json) {
        return new LogEntry(
                json.path("logIndex").asLong(),
                Base64Text.read(json.path("logId").path("keyId"), WHAT),
                json.path("kindVersion").path("kind").asText(""),
                json.path("kindVersion").path("version").asText(""),
                json.path("integratedTime").asLong(),
                Base64Text.read(json.path("inclusionPromise").path("signedEntryTimestamp"), WHAT),
                json.path("inclusionProof").isObject()
                        ? Optional.of(proof(json.path("inclusionProof")))
                        : Optional.empty(),
                Base64Text.read(json.path("canonicalizedBody"), WHAT));
    }

    private static InclusionProof proof(JsonNode json) {
        List<byte[]> hashes = new ArrayList<>();
        json.path("hashes").forEach(hash -> hashes.add(Base64Text.read(hash, WHAT)));
        return new InclusionProof(
                json.path("logIndex").asLong(),
                Base64Text.read(json.path("rootHash"), WHAT),
                json.path("treeSize").asLong(),
                hashes,
                json.path("checkpoint").path("envelope").asText(""));
    }

    static ObjectNode write(LogEntry entry) {
        ObjectNode json = Json.object();
        json.put("logIndex", Long.toString(entry.logIndex()));
        json.putObject("logId").put("keyId", Base64Text.of(entry.logId()));
        json.putObject("kindVersion").put("kind", entry.kind()).put("version", entry.version());
        json.put("integratedTime", Long.toString(entry.integratedTime()));
        if (entry.inclusionPromise().length > 0) {
            json.putObject("inclusionPromise").put("signedEntryTimestamp", Base64Text.of(entry.inclusionPromise()));
        }
        entry.inclusionProof().ifPresent(proof -> json.set("inclusionProof", write(proof)));
        json.put("canonicalizedBody", Base64Text.of(entry.canonicalizedBody()));
        return json;
    }

    private static ObjectNode write(InclusionProof proof) {
        ObjectNode json = Json.object();
        json.put("logIndex", Long.toString(proof.logIndex()));
        json.put("rootHash", Base64Text.of(proof.rootHash()));
        json.put("treeSize", Long.toString(proof.treeSize()));
        ArrayNode hashes = json.putArray("hashes");
        proof.hashes().forEach(hash -> hashes.add(Base64Text.of(hash)));
        if (!proof.checkpoint().isEmpty()) {
            json.putObject("checkpoint").put("envelope", proof.checkpoint());
        }
        return json;
    }
}
