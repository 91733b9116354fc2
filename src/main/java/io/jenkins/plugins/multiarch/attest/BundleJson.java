package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.attest.VerificationMaterial.Certificates;
import io.jenkins.plugins.multiarch.attest.VerificationMaterial.KeyHint;
import io.jenkins.plugins.multiarch.image.Base64Text;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The JSON of a {@link Bundle}: protobuf's, with bytes in Base64 and 64-bit numbers as texts. */
final class BundleJson {
    static final String WHAT = "The Sigstore bundle";

    private static final Pattern MEDIA_TYPES =
            Pattern.compile("application/vnd\\.dev\\.sigstore\\.bundle(?:\\+json;version=0\\.[123]|\\.v0\\.3\\+json)");

    /** The version in which a log's promise was enough. */
    private static final String PROMISES_ALONE = ";version=0.1";

    private BundleJson() {}

    /** Whether it is the type of a bundle that we read. */
    static boolean isBundle(String mediaType) {
        return MEDIA_TYPES.matcher(mediaType).matches();
    }

    static Bundle read(byte[] bytes) {
        if (bytes.length > Bundle.MAX_SIZE) {
            throw refused("it has more than " + Bundle.MAX_SIZE + " bytes");
        }
        ObjectNode json = Json.readFew(bytes, WHAT);
        if (!isBundle(json.path("mediaType").asText())) {
            throw refused(
                    "its media type is '" + Shown.of(json.path("mediaType").asText()) + "'");
        }
        JsonNode material = json.path("verificationMaterial");
        List<LogEntry> entries = LogEntryJson.readAll(material.path("tlogEntries"));
        if (!json.path("mediaType").asText().endsWith(PROMISES_ALONE)
                && entries.stream().anyMatch(entry -> entry.inclusionProof().isEmpty())) {
            throw refused("there is no proof that the log holds it");
        }
        List<byte[]> timestamps = new ArrayList<>();
        for (JsonNode timestamp : material.path("timestampVerificationData").path("rfc3161Timestamps")) {
            timestamps.add(Base64Text.read(timestamp.path("signedTimestamp"), WHAT));
        }
        return new Bundle(content(json), material(material), entries, timestamps);
    }

    private static BundleContent content(JsonNode json) {
        if (json.path("messageSignature").isObject()) {
            return MessageSignature.read(json.path("messageSignature"));
        }
        if (!json.path("dsseEnvelope").isObject()) {
            throw refused("it holds no signature");
        }
        Envelope envelope = Envelope.read(json.path("dsseEnvelope"));
        if (envelope.signatures().size() != 1) {
            throw refused("its envelope has " + envelope.signatures().size() + " signatures instead of one");
        }
        return envelope;
    }

    private static VerificationMaterial material(JsonNode json) {
        if (json.path("publicKey").isObject()) {
            return new KeyHint(json.path("publicKey").path("hint").asText(""));
        }
        List<byte[]> chain = new ArrayList<>();
        if (json.path("certificate").isObject()) {
            chain.add(Base64Text.read(json.path("certificate").path("rawBytes"), WHAT));
        }
        for (JsonNode certificate : json.path("x509CertificateChain").path("certificates")) {
            chain.add(Base64Text.read(certificate.path("rawBytes"), WHAT));
        }
        if (chain.isEmpty()) {
            throw refused("it names neither a key nor a certificate");
        }
        return new Certificates(chain);
    }

    static byte[] write(Bundle bundle) {
        ObjectNode json = Json.object();
        json.put("mediaType", Bundle.MEDIA_TYPE);
        ObjectNode material = json.putObject("verificationMaterial");
        if (bundle.material() instanceof KeyHint key) {
            material.putObject("publicKey").put("hint", key.hint());
        } else if (bundle.material() instanceof Certificates certificates) {
            material.putObject("certificate").put("rawBytes", Base64Text.of(certificates.leaf()));
        }
        ArrayNode entries = material.putArray("tlogEntries");
        bundle.logEntries().forEach(entry -> entries.add(LogEntryJson.write(entry)));
        if (!bundle.timestamps().isEmpty()) {
            ArrayNode timestamps =
                    material.putObject("timestampVerificationData").putArray("rfc3161Timestamps");
            bundle.timestamps().forEach(token -> timestamps.addObject().put("signedTimestamp", Base64Text.of(token)));
        }
        if (bundle.content() instanceof Envelope envelope) {
            json.set("dsseEnvelope", envelope.toJson());
        } else if (bundle.content() instanceof MessageSignature signature) {
            json.set("messageSignature", signature.toJson());
        }
        return Json.write(json);
    }

    private static ReleaseException refused(String reason) {
        return new ReleaseException(
                "This is not a Sigstore bundle we can use: " + reason + ".",
                "Sign again with a current tool, such as cosign 2.4 or later.");
    }
}
