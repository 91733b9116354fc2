package io.jenkins.plugins.multiarch.attest.keyless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.keys.Pem;
import io.jenkins.plugins.multiarch.keys.SigningKey;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Asks Fulcio for a certificate of minutes (fulcio, {@code fulcio.proto}, {@code CreateSigningCertificate}). */
final class Fulcio {
    private static final String PATH = "/api/v2/signingCert";

    private final ServiceClient client;
    private final URI address;

    Fulcio(ServiceClient client, URI base) {
        this.client = client;
        this.address = URI.create(base + PATH);
    }

    URI address() {
        return address;
    }

    /** A certificate for this key in the name of this token's owner, as Fulcio answers it. */
    FulcioCertificate certificate(SigningKey key, IdentityToken token) throws InterruptedException {
        ObjectNode request = Json.object();
        request.putObject("credentials").put("oidcIdentityToken", token.secret());
        ObjectNode proven = request.putObject("publicKeyRequest");
        proven.putObject("publicKey")
                .put("algorithm", "ECDSA")
                .put("content", key.publicKey().toPem());
        byte[] proof = key.sign(token.subject().getBytes(StandardCharsets.UTF_8));
        proven.put("proofOfPossession", Base64.getEncoder().encodeToString(proof));
        JsonNode answer = Json.read(client.postJson(address, Json.write(request)), "The answer of " + address);
        List<JsonNode> chain =
                Fields.list(answer.path("signedCertificateEmbeddedSct").path("chain"), "certificates");
        if (chain.isEmpty()) {
            throw new Unaccepted("it has no certificate that holds the promise of a certificate log");
        }
        return issued(chain.get(0).asText(""), key);
    }

    private static FulcioCertificate issued(String pem, SigningKey key) {
        FulcioCertificate certificate = FulcioCertificate.read(Pem.certificate(pem));
        if (!certificate.key().equals(key.publicKey())) {
            throw new Unaccepted("its certificate is for another key");
        }
        return certificate;
    }
}
