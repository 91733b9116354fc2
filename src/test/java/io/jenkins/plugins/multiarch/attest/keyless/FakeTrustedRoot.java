package io.jenkins.plugins.multiarch.attest.keyless;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Base64Text;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.keys.X509;
import java.security.cert.X509Certificate;
import java.time.Duration;

/** The trusted root of a {@link FakeSigstore}: protobuf-specs, {@code TrustedRoot}, as JSON. */
final class FakeTrustedRoot {
    private final FakeSigstore sigstore;

    FakeTrustedRoot(FakeSigstore sigstore) {
        this.sigstore = sigstore;
    }

    ObjectNode json() throws Exception {
        ObjectNode root = Json.object().put("mediaType", "application/vnd.dev.sigstore.trustedroot+json;version=0.1");
        ArrayNode logs = root.putArray("tlogs");
        log(logs.addObject(), sigstore.rekor1, "https://rekor.example.com", "PKIX_ECDSA_P256_SHA_256");
        log(logs.addObject(), sigstore.rekor2, sigstore.address(), "PKIX_ED25519");
        authority(
                root.putArray("certificateAuthorities").addObject(),
                sigstore.authority.issuer(),
                sigstore.authority.root());
        log(
                root.putArray("ctlogs").addObject(),
                sigstore.certificateLog,
                "https://ct.example.com",
                "PKIX_ECDSA_P256_SHA_256");
        authority(
                root.putArray("timestampAuthorities").addObject(),
                sigstore.timestampCertificate,
                sigstore.timestampIssuer.issuer(),
                sigstore.timestampIssuer.root());
        return root;
    }

    private void log(ObjectNode node, FakeLog log, String address, String details) {
        node.put("baseUrl", address).put("hashAlgorithm", "SHA2_256");
        node.putObject("publicKey")
                .put("rawBytes", Base64Text.of(log.key.getPublic().getEncoded()))
                .put("keyDetails", details)
                .putObject("validFor")
                .put("start", sigstore.now.minus(Duration.ofDays(1)).toString());
        node.putObject("logId").put("keyId", Base64Text.of(log.id()));
    }

    private void authority(ObjectNode node, X509Certificate... chain) {
        node.putObject("subject").put("organization", "example").put("commonName", "example");
        node.put("uri", "https://example.com");
        ArrayNode certificates = node.putObject("certChain").putArray("certificates");
        for (X509Certificate certificate : chain) {
            certificates.addObject().put("rawBytes", Base64Text.of(X509.encoded(certificate)));
        }
        node.putObject("validFor")
                .put("start", sigstore.now.minus(Duration.ofDays(1)).toString());
    }
}
