package io.jenkins.plugins.multiarch.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Base64Text;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;

/** A key as {@code cosign generate-key-pair} writes it: PKCS#8, in a NaCl secretbox, under a password's scrypt. */
final class CosignKey {
    /** cosign takes 64 MiB. */
    private static final long MAX_MEMORY = 256L << 20;

    private static final int MAX_PARALLEL = 16;
    private static final String WHAT = "The encrypted key";

    private CosignKey() {}

    /** The key in PKCS#8. */
    static byte[] decrypt(byte[] content, byte[] password) {
        JsonNode json = Json.read(content, WHAT);
        JsonNode kdf = json.path("kdf");
        JsonNode cipher = json.path("cipher");
        if (!kdf.path("name").asText().equals("scrypt")
                || !cipher.path("name").asText().equals("nacl/secretbox")) {
            throw unusable();
        }
        byte[] nonce = Base64Text.read(cipher.path("nonce"), WHAT);
        if (nonce.length != 24) {
            throw unusable();
        }
        byte[] key = scrypt(kdf.path("params")).derive(password, Base64Text.read(kdf.path("salt"), WHAT), 32);
        return SecretBox.open(key, nonce, Base64Text.read(json.path("ciphertext"), WHAT))
                .orElseThrow(PrivateKeys::wrongPassword);
    }

    private static Scrypt scrypt(JsonNode params) {
        int cost = params.path("N").asInt();
        int blockSize = params.path("r").asInt();
        int parallel = params.path("p").asInt();
        boolean powerOfTwo = cost > 1 && Integer.bitCount(cost) == 1;
        boolean bounded = blockSize > 0
                && parallel > 0
                && parallel <= MAX_PARALLEL
                && blockSize <= MAX_MEMORY / 128
                && 128L * cost * blockSize <= MAX_MEMORY;
        if (!powerOfTwo || !bounded) {
            throw unusable();
        }
        return new Scrypt(cost, blockSize, parallel);
    }

    private static ReleaseException unusable() {
        return new ReleaseException(
                "The encrypted key is encrypted in a way that we do not know.",
                "Make one with cosign generate-key-pair, or import it with cosign import-key-pair.");
    }
}
