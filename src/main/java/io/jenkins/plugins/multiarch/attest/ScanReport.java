package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a scanner found, as a predicate: the one of in-toto (vulns v0.2) or cosign (vuln v1) as it is, a report of Trivy or
 * Grype put into in-toto's form.
 */
public final class ScanReport {
    private static final String WHAT = "The scan report";

    private ScanReport() {}

    /**
     * Reads a report.
     *
     * @param readAt stands for the time of a scan whose report does not say it
     * @throws ReleaseException if no scanner that we know wrote it
     */
    public static Predicate parse(byte[] json, Instant readAt) {
        ObjectNode report = Json.read(Json.withoutMark(json), WHAT);
        if (report.path("scanner").isObject() && report.path("metadata").has("scanFinishedOn")) {
            boolean inToto = report.path("scanner").path("result").isArray();
            return new Predicate(
                    inToto ? PredicateTypes.VULNERABILITIES : PredicateTypes.COSIGN_VULNERABILITIES,
                    json,
                    scannedByTrivy(report.path("scanner").path("result")));
        }
        if (report.path("SchemaVersion").isInt() && report.has("ArtifactName")) {
            return ofTrivy(report, time(report.path("CreatedAt"), readAt));
        }
        if (report.path("matches").isArray() && report.path("descriptor").has("name")) {
            return ofGrype(report, time(report.path("descriptor").path("timestamp"), readAt));
        }
        throw new ReleaseException(
                "The scan report is of no form that we know.",
                "Give the JSON of Trivy or Grype, trivy's cosign-vuln, or a predicate of in-toto's vulns v0.2.");
    }

    private static Predicate ofTrivy(ObjectNode report, Instant at) {
        ArrayNode found = Json.object().putArray("result");
        for (JsonNode part : report.path("Results")) {
            for (JsonNode one : part.path("Vulnerabilities")) {
                add(
                        found,
                        one.path("VulnerabilityID"),
                        one.path("SeveritySource").asText("trivy"),
                        one.path("Severity"));
            }
        }
        return predicate(
                "pkg:github/aquasecurity/trivy",
                report.path("Trivy").path("Version"),
                Json.object(),
                found,
                at,
                scannedByTrivy(report));
    }

    private static Predicate ofGrype(ObjectNode report, Instant at) {
        ArrayNode found = Json.object().putArray("result");
        for (JsonNode match : report.path("matches")) {
            JsonNode one = match.path("vulnerability");
            add(found, one.path("id"), one.path("namespace").asText("grype"), one.path("severity"));
        }
        JsonNode descriptor = report.path("descriptor");
        JsonNode built = descriptor.path("db").path("built");
        ObjectNode database = Json.object();
        if (built.isTextual()) {
            database.put("lastUpdate", built.asText());
        }
        return predicate(
                "pkg:github/anchore/grype",
                descriptor.path("version"),
                database,
                found,
                at,
                scannedByGrype(report.path("source").path("target")));
    }

    private static void add(ArrayNode found, JsonNode id, String method, JsonNode severity) {
        ObjectNode one = found.addObject().put("id", id.asText());
        one.putArray("severity")
                .addObject()
                .put("method", method)
                .put("score", severity.asText("UNKNOWN").toLowerCase(Locale.ROOT));
    }

    private static Predicate predicate(
            String uri,
            JsonNode version,
            ObjectNode database,
            ArrayNode found,
            Instant at,
            Optional<ImageDocument> of) {
        ObjectNode predicate = Json.object();
        ObjectNode scanner = predicate.putObject("scanner").put("uri", uri);
        if (version.isTextual()) {
            scanner.put("version", version.asText());
        }
        scanner.set("db", database);
        scanner.set("result", found);
        predicate.putObject("metadata").put("scanStartedOn", at.toString()).put("scanFinishedOn", at.toString());
        return new Predicate(PredicateTypes.VULNERABILITIES, Json.write(predicate), of);
    }

    /** Of its configuration and of what was pulled, which may be an index (Trivy, report schema 2). */
    private static Optional<ImageDocument> scannedByTrivy(JsonNode report) {
        JsonNode metadata = report.path("Metadata");
        List<JsonNode> texts = new ArrayList<>(List.of(metadata.path("ImageID")));
        metadata.path("RepoDigests").forEach(texts::add);
        return Optional.of(ImageDocument.of(WHAT, texts));
    }

    /** The same, and the manifest (Grype, JSON presenter, "source"). */
    private static Optional<ImageDocument> scannedByGrype(JsonNode target) {
        List<JsonNode> texts = new ArrayList<>(List.of(target.path("imageID"), target.path("manifestDigest")));
        target.path("repoDigests").forEach(texts::add);
        return Optional.of(ImageDocument.of(WHAT, texts));
    }

    private static Instant time(JsonNode text, Instant otherwise) {
        try {
            return OffsetDateTime.parse(text.asText()).toInstant();
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }
}
