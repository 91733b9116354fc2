package io.jenkins.plugins.multiarch.attest.keyless;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.keys.PublicKeys;
import io.jenkins.plugins.multiarch.keys.TrustedKey;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import io.jenkins.plugins.multiarch.keys.X509;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a Sigstore instance asks to be trusted: the authorities of its certificates and timestamps and its logs, each with
 * the time for which that holds ({@code trusted_root.json} of protobuf-specs, {@code TrustedRoot}).
 *
 * <p>Logs whose keys are of a kind that this Java cannot check are left out; what they signed is not accepted. A trusted root
 * with no other logs is refused, for without any it would ask for none.
 *
 * @param logs of signatures (Rekor)
 * @param certificateLogs of certificates (certificate transparency, RFC 6962)
 * @param json what it was read from, in one line
 */
public record TrustedRoot(
        List<CertificateAuthority> certificateAuthorities,
        List<TransparencyLog> logs,
        List<TransparencyLog> certificateLogs,
        List<CertificateAuthority> timestampAuthorities,
        String json) {

    /** The most that a trusted root may have, in bytes; the one of sigstore.dev has 7 thousand. */
    public static final int MAX_SIZE = 4 << 20;

    private static final Set<String> MEDIA_TYPES = Set.of(
            "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
            "application/vnd.dev.sigstore.trustedroot.v0.1+json",
            "application/vnd.dev.sigstore.trustedroot.v0.2+json");
    private static final Set<String> KEYS = Set.of(
            "PKIX_ECDSA_P256_SHA_256",
            "PKIX_ECDSA_P384_SHA_384",
            "PKIX_ECDSA_P521_SHA_512",
            "PKIX_ED25519",
            "PKIX_RSA_PKCS1V5",
            "PKIX_RSA_PKCS1V15_2048_SHA256",
            "PKIX_RSA_PKCS1V15_3072_SHA256",
            "PKIX_RSA_PKCS1V15_4096_SHA256");
    private static final String BARE_RSA = "PKCS1_RSA_PKCS1V5";
    private static final String CURE =
            "Give the trusted_root.json of the Sigstore instance, as its operator publishes it.";

    public TrustedRoot {
        certificateAuthorities = List.copyOf(certificateAuthorities);
        logs = List.copyOf(logs);
        certificateLogs = List.copyOf(certificateLogs);
        timestampAuthorities = List.copyOf(timestampAuthorities);
    }

    /** Reads the JSON of a trusted root, of the versions 0.1 and 0.2. */
    public static TrustedRoot parse(byte[] json) {
        if (json.length > MAX_SIZE) {
            throw refused("it is longer than " + MAX_SIZE + " bytes", null);
        }
        JsonNode root = Json.read(json, "The trusted root");
        try {
            return read(root);
        } catch (Unaccepted e) {
            throw refused(e.getMessage(), e);
        }
    }

    private static TrustedRoot read(JsonNode root) {
        String mediaType = Fields.text(root, "mediaType");
        if (!MEDIA_TYPES.contains(mediaType)) {
            throw new Unaccepted("its media type is '" + Shown.of(mediaType) + "'");
        }
        return new TrustedRoot(
                authorities(Fields.list(root, "certificateAuthorities")),
                logs(root, "tlogs"),
                logs(root, "ctlogs"),
                authorities(Fields.list(root, "timestampAuthorities")),
                new String(Json.write(root), StandardCharsets.UTF_8));
    }

    private static List<CertificateAuthority> authorities(List<JsonNode> nodes) {
        List<CertificateAuthority> authorities = new ArrayList<>();
        for (JsonNode node : nodes) {
            List<X509Certificate> chain = Fields.list(node.path("certChain"), "certificates").stream()
                    .map(certificate -> X509.read(Fields.bytes(certificate, "rawBytes")))
                    .toList();
            if (chain.isEmpty()) {
                throw new Unaccepted("one of its authorities has no certificate");
            }
            authorities.add(
                    new CertificateAuthority(Fields.textOrEmpty(node, "uri"), chain, validFor(node.path("validFor"))));
        }
        return authorities;
    }

    /** Where there is a list, one of its logs is asked for, so that one has to be left. */
    private static List<TransparencyLog> logs(JsonNode root, String list) {
        List<TransparencyLog> logs = new ArrayList<>();
        List<JsonNode> nodes = Fields.list(root, list);
        for (JsonNode node : nodes) {
            JsonNode key = node.path("publicKey");
            key(key).ifPresent(known -> logs.add(log(node, key, known)));
        }
        if (logs.isEmpty() && !nodes.isEmpty()) {
            throw new Unaccepted("none of its '" + list + "' has a key of a kind that we know");
        }
        return logs;
    }

    private static TransparencyLog log(JsonNode node, JsonNode key, TrustedKey known) {
        if (!Fields.text(node, "hashAlgorithm").equals("SHA2_256")) {
            throw new Unaccepted("one of its logs hashes with something else than SHA2_256");
        }
        if (!key.path("validFor").hasNonNull("start")) {
            throw new Unaccepted("one of its logs does not say since when it is valid");
        }
        LogId id = LogId.of(Fields.bytes(node.path("logId"), "keyId"));
        LogId checkpoint =
                node.hasNonNull("checkpointKeyId") ? LogId.of(Fields.bytes(node.path("checkpointKeyId"), "keyId")) : id;
        return new TransparencyLog(
                Fields.textOrEmpty(node, "baseUrl"), known, id, checkpoint, validFor(key.path("validFor")));
    }

    private static Optional<TrustedKey> key(JsonNode node) {
        String details = Fields.text(node, "keyDetails");
        byte[] bytes = Fields.bytes(node, "rawBytes");
        if (details.equals(BARE_RSA)) {
            return TrustedKey.ofOneScheme(PublicKeys.decodeRsa(bytes));
        }
        return KEYS.contains(details) ? TrustedKey.ofOneScheme(PublicKeys.decode(bytes)) : Optional.empty();
    }

    private static ValidFor validFor(JsonNode node) {
        return new ValidFor(
                node.hasNonNull("start") ? Fields.time(node, "start") : Instant.EPOCH,
                node.hasNonNull("end") ? Optional.of(Fields.time(node, "end")) : Optional.empty());
    }

    private static ReleaseException refused(String reason, Throwable cause) {
        return new ReleaseException("The trusted root cannot be used: " + reason + ".", CURE, cause);
    }
}
