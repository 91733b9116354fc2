package io.jenkins.plugins.multiarch.attest.keyless;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.attest.LogEntry;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.keys.Pem;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a log wrote down: which content, signed with which signature and certificate (rekor, {@code pkg/types}; of Rekor 2
 * {@code HashedRekordLogEntryV002}, which holds envelopes too).
 *
 * @param digest of the payload for the kinds that speak of payloads, else of what the signature is over
 * @param certificate in DER
 */
record LogEntryBody(boolean ofPayload, String hash, byte[] digest, byte[] signature, byte[] certificate) {
    static LogEntryBody read(LogEntry entry) {
        JsonNode body = json(entry.canonicalizedBody());
        String kind = entry.kind() + " " + entry.version();
        if (!kind.equals(Fields.text(body, "kind") + " " + Fields.text(body, "apiVersion"))) {
            throw new Unaccepted("the log's entry is of another kind than the bundle says");
        }
        JsonNode spec = body.path("spec");
        return switch (kind) {
            case "hashedrekord 0.0.1" -> hashedRekord(spec);
            case "dsse 0.0.1" -> dsse(spec);
            case "intoto 0.0.2" -> intoto(spec.path("content"));
            case "hashedrekord 0.0.2" -> hashedRekord2(spec.path("hashedRekordV002"));
            default -> throw new Unaccepted("the log's entry is of the unknown kind '" + Shown.of(kind) + "'");
        };
    }

    private static JsonNode json(byte[] body) {
        try {
            return Json.readFew(body, "The log's entry");
        } catch (ReleaseException e) {
            throw new Unaccepted("the log's entry cannot be read", e);
        }
    }

    private static LogEntryBody hashedRekord(JsonNode spec) {
        JsonNode hash = spec.path("data").path("hash");
        JsonNode signature = spec.path("signature");
        return new LogEntryBody(
                false,
                Fields.text(hash, "algorithm"),
                Fields.hex(hash, "value"),
                Fields.bytes(signature, "content"),
                pem(Fields.bytes(signature.path("publicKey"), "content")));
    }

    private static LogEntryBody dsse(JsonNode spec) {
        JsonNode signature = only(Fields.list(spec, "signatures"));
        return ofPayload(
                spec.path("payloadHash"), Fields.bytes(signature, "signature"), Fields.bytes(signature, "verifier"));
    }

    private static LogEntryBody intoto(JsonNode content) {
        JsonNode signature = only(Fields.list(content.path("envelope"), "signatures"));
        String inner = new String(Fields.bytes(signature, "sig"), StandardCharsets.UTF_8);
        return ofPayload(
                content.path("payloadHash"), Fields.base64(inner, "sig"), Fields.bytes(signature, "publicKey"));
    }

    private static LogEntryBody ofPayload(JsonNode hash, byte[] signature, byte[] pem) {
        return new LogEntryBody(true, Fields.text(hash, "algorithm"), Fields.hex(hash, "value"), signature, pem(pem));
    }

    private static LogEntryBody hashedRekord2(JsonNode spec) {
        JsonNode signature = spec.path("signature");
        return new LogEntryBody(
                false,
                Fields.text(spec.path("data"), "algorithm"),
                Fields.bytes(spec.path("data"), "digest"),
                Fields.bytes(signature, "content"),
                Fields.bytes(signature.path("verifier").path("x509Certificate"), "rawBytes"));
    }

    private static JsonNode only(List<JsonNode> signatures) {
        if (signatures.size() != 1) {
            throw new Unaccepted("the log's entry has " + signatures.size() + " signatures instead of one");
        }
        return signatures.get(0);
    }

    private static byte[] pem(byte[] text) {
        return Pem.certificate(new String(text, StandardCharsets.UTF_8));
    }

    /** Refuses an entry about another signature than this one. */
    void requireOf(SignedContent content, byte[] leaf) {
        if (!Arrays.equals(signature, content.signature())) {
            throw new Unaccepted("the log's entry is about another signature");
        }
        if (!Arrays.equals(certificate, leaf)) {
            throw new Unaccepted("the log's entry is about another certificate");
        }
        boolean same = ofPayload
                ? hash.equals("sha256")
                        && content.payloadDigest()
                                .filter(payload -> Arrays.equals(digest, payload))
                                .isPresent()
                : List.of(content.rekorHash(), content.protobufHash()).contains(hash)
                        && Arrays.equals(digest, content.digest());
        if (!same) {
            throw new Unaccepted("the log's entry is about another content");
        }
    }
}
