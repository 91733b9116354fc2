package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * What a scanner found, as a predicate: the one of in-toto (vulns v0.2) or cosign (vuln v1) as it is, a report of Trivy or
 * Grype put into in-toto's form.
 */
public final class ScanReport {
    private ScanReport() {}

    /**
     * Reads a report.
     *
     * @param readAt stands for the time of a scan whose report does not say it
     * @throws ReleaseException if no scanner that we know wrote it
     */
    public static Predicate parse(byte[] json, Instant readAt) {
        ObjectNode report = Json.read(json, "The scan report");
        if (report.path("scanner").isObject() && report.path("metadata").has("scanFinishedOn")) {
            boolean inToto = report.path("scanner").path("result").isArray();
            return new Predicate(inToto ? PredicateTypes.VULNERABILITIES : PredicateTypes.COSIGN_VULNERABILITIES, json);
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
                "pkg:github/aquasecurity/trivy", report.path("Trivy").path("Version"), Json.object(), found, at);
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
        return predicate("pkg:github/anchore/grype", descriptor.path("version"), database, found, at);
    }

    private static void add(ArrayNode found, JsonNode id, String method, JsonNode severity) {
        ObjectNode one = found.addObject().put("id", id.asText());
        one.putArray("severity")
                .addObject()
                .put("method", method)
                .put("score", severity.asText("UNKNOWN").toLowerCase(Locale.ROOT));
    }

    private static Predicate predicate(String uri, JsonNode version, ObjectNode database, ArrayNode found, Instant at) {
        ObjectNode predicate = Json.object();
        ObjectNode scanner = predicate.putObject("scanner").put("uri", uri);
        if (version.isTextual()) {
            scanner.put("version", version.asText());
        }
        scanner.set("db", database);
        scanner.set("result", found);
        predicate.putObject("metadata").put("scanStartedOn", at.toString()).put("scanFinishedOn", at.toString());
        return Predicate.of(PredicateTypes.VULNERABILITIES, predicate);
    }

    private static Instant time(JsonNode text, Instant otherwise) {
        try {
            return OffsetDateTime.parse(text.asText()).toInstant();
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }
}
