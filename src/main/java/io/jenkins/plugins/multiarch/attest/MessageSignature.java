package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Base64Text;
import io.jenkins.plugins.multiarch.image.Json;

/**
 * The signature of a message that is kept elsewhere (Sigstore bundle v0.3, "messageSignature").
 *
 * @param algorithm of the digest, in the words of Sigstore: {@code SHA2_256}, {@code SHA2_384}, {@code SHA2_512}
 * @param digest of the message, a help for finding it and no proof; empty where there is none
 */
public record MessageSignature(String algorithm, byte[] digest, byte[] signature) implements BundleContent {
    private static final String WHAT = "The message signature";

    public MessageSignature {
        digest = digest.clone();
        signature = signature.clone();
    }

    static MessageSignature read(JsonNode json) {
        return new MessageSignature(
                json.path("messageDigest").path("algorithm").asText(""),
                Base64Text.read(json.path("messageDigest").path("digest"), WHAT),
                Base64Text.read(json.path("signature"), WHAT));
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        if (digest.length > 0) {
            json.putObject("messageDigest").put("algorithm", algorithm).put("digest", Base64Text.of(digest));
        }
        return json.put("signature", Base64Text.of(signature));
    }

    @Override
    public byte[] digest() {
        return digest.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }
}
