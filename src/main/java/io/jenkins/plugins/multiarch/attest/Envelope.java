package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Base64Text;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A payload with its signatures, as DSSE v1 writes them. The payload is to be used only as it is here, after one of the
 * signatures was verified over {@link #signedBytes()}.
 *
 * @param payloadType the media type that is signed together with the payload
 */
public record Envelope(String payloadType, byte[] payload, List<EnvelopeSignature> signatures)
        implements BundleContent {
    private static final String WHAT = "The DSSE envelope";

    public Envelope {
        payload = payload.clone();
        signatures = List.copyOf(signatures);
    }

    /** What is signed: type and payload with their lengths in bytes (DSSE v1, "PAE"). */
    public static byte[] pae(String payloadType, byte[] payload) {
        byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("DSSEv1 " + type.length + " " + payloadType + " " + payload.length + " ")
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        return all;
    }

    /** What each of the signatures is over. */
    public byte[] signedBytes() {
        return pae(payloadType, payload);
    }

    /**
     * Reads an envelope; fields that DSSE does not know are passed over, as it demands.
     *
     * @throws ReleaseException if it is none, or holds nothing signed
     */
    public static Envelope parse(byte[] json) {
        return read(Json.readFew(json, WHAT));
    }

    static Envelope read(JsonNode json) {
        if (!json.path("payload").isTextual() || !json.path("payloadType").isTextual()) {
            throw refused("it has no payload or no payloadType");
        }
        List<EnvelopeSignature> signatures = new ArrayList<>();
        for (JsonNode signature : json.path("signatures")) {
            signatures.add(new EnvelopeSignature(
                    signature.path("keyid").asText(""), Base64Text.read(signature.path("sig"), WHAT)));
        }
        if (signatures.isEmpty()) {
            throw refused("nobody signed it");
        }
        return new Envelope(json.path("payloadType").asText(), Base64Text.read(json.path("payload"), WHAT), signatures);
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("payload", Base64Text.of(payload));
        json.put("payloadType", payloadType);
        ArrayNode array = json.putArray("signatures");
        for (EnvelopeSignature signature : signatures) {
            ObjectNode entry = array.addObject().put("sig", Base64Text.of(signature.signature()));
            if (!signature.keyid().isEmpty()) {
                entry.put("keyid", signature.keyid());
            }
        }
        return json;
    }

    public byte[] toBytes() {
        return Json.write(toJson());
    }

    @Override
    public byte[] payload() {
        return payload.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Envelope that
                && payloadType.equals(that.payloadType)
                && Arrays.equals(payload, that.payload)
                && signatures.equals(that.signatures);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(payload) + signatures.hashCode();
    }

    private static ReleaseException refused(String reason) {
        return new ReleaseException(
                "This is not a DSSE envelope: " + reason + ".", "Sign again with the tool that made it.");
    }
}
