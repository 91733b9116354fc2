package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.attest.VerificationMaterial.Certificates;
import io.jenkins.plugins.multiarch.attest.VerificationMaterial.KeyHint;
import io.jenkins.plugins.multiarch.image.Base64Text;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.keys.Pem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What cosign keeps of a signature in the annotations of a layer, where later versions have a bundle. */
final class CosignAnnotations {
    static final String SIGNATURE = "dev.cosignproject.cosign/signature";
    static final String PREDICATE_TYPE = "predicateType";

    /** Of a signature by a key, of which cosign keeps nothing there. */
    static final KeyHint NO_HINT = new KeyHint("");

    private static final String CERTIFICATE = "dev.sigstore.cosign/certificate";
    private static final String CHAIN = "dev.sigstore.cosign/chain";
    private static final String REKOR = "dev.sigstore.cosign/bundle";
    private static final String TIMESTAMP = "dev.sigstore.cosign/rfc3161timestamp";
    private static final String WHAT = "The annotations of a cosign signature";

    private static final Set<String> KNOWN = Set.of(SIGNATURE, CERTIFICATE, CHAIN, REKOR, TIMESTAMP);

    private CosignAnnotations() {}

    /** Those that say something about a signature. */
    static Map<String, String> known(Map<String, String> annotations) {
        Map<String, String> all = new LinkedHashMap<>(annotations);
        all.keySet().retainAll(KNOWN);
        return all;
    }

    /** What cosign needs to verify the bundle, but for the signature itself. */
    static Map<String, String> of(Bundle bundle) {
        Map<String, String> all = new LinkedHashMap<>();
        if (bundle.material() instanceof Certificates certificates) {
            all.put(CERTIFICATE, pem(certificates.chain().subList(0, 1)));
            if (certificates.chain().size() > 1) {
                all.put(
                        CHAIN,
                        pem(certificates.chain().subList(1, certificates.chain().size())));
            }
        }
        bundle.logEntries().stream()
                .filter(entry -> entry.inclusionPromise().length > 0)
                .findFirst()
                .ifPresent(entry -> all.put(REKOR, rekor(entry)));
        bundle.timestamps().stream()
                .filter(any -> isTimestamped(bundle.content()))
                .findFirst()
                .ifPresent(token -> all.put(
                        TIMESTAMP,
                        text(Json.write(Json.object().put("SignedRFC3161Timestamp", Base64Text.of(token))))));
        return all;
    }

    /** A bundle of this content and what the annotations say of it. */
    static Bundle read(BundleContent content, Map<String, String> annotations) {
        List<byte[]> chain = new ArrayList<>(); // cosign's chain ends in a root, and who is trusted knows both already
        Pem.readAll(bytes(annotations.getOrDefault(CERTIFICATE, ""))).forEach(block -> chain.add(block.content()));
        List<byte[]> timestamps = new ArrayList<>();
        if (annotations.containsKey(TIMESTAMP) && isTimestamped(content)) {
            JsonNode token =
                    Json.readFew(bytes(annotations.get(TIMESTAMP)), WHAT).path("SignedRFC3161Timestamp");
            timestamps.add(Base64Text.read(token, WHAT));
        }
        return new Bundle(
                content,
                chain.isEmpty() ? NO_HINT : new Certificates(chain),
                annotations.containsKey(REKOR)
                        ? List.of(logEntry(Json.readFew(bytes(annotations.get(REKOR)), WHAT)))
                        : List.of(),
                timestamps);
    }

    /** Beside an envelope cosign keeps a timestamp of the whole envelope, which is not what bundles have. */
    private static boolean isTimestamped(BundleContent content) {
        return content instanceof MessageSignature;
    }

    private static String rekor(LogEntry entry) {
        ObjectNode json = Json.object();
        json.put("SignedEntryTimestamp", Base64Text.of(entry.inclusionPromise()));
        json.putObject("Payload")
                .put("body", Base64Text.of(entry.canonicalizedBody()))
                .put("integratedTime", entry.integratedTime())
                .put("logIndex", entry.logIndex())
                .put("logID", HexFormat.of().formatHex(entry.logId()));
        return text(Json.write(json));
    }

    private static LogEntry logEntry(ObjectNode json) {
        JsonNode payload = json.path("Payload");
        byte[] body = Base64Text.read(payload.path("body"), WHAT);
        ObjectNode entry = Json.readFew(body, WHAT);
        return new LogEntry(
                payload.path("logIndex").asLong(),
                logId(payload.path("logID").asText("")),
                entry.path("kind").asText(""),
                entry.path("apiVersion").asText(""),
                payload.path("integratedTime").asLong(),
                Base64Text.read(json.path("SignedEntryTimestamp"), WHAT),
                Optional.empty(),
                body);
    }

    private static byte[] logId(String hex) {
        return hex.matches("(?:[0-9a-f]{2})*") ? HexFormat.of().parseHex(hex) : new byte[0];
    }

    private static String pem(List<byte[]> certificates) {
        return certificates.stream().map(Pem::ofCertificate).collect(Collectors.joining());
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
