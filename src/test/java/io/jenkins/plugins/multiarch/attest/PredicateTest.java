package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredicateTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.250Z");

    @ParameterizedTest
    @CsvSource({
        "https://example.com/review/v1, https://example.com/review/v1",
        "slsaprovenance1, https://slsa.dev/provenance/v1",
        "vuln, https://cosign.sigstore.dev/attestation/vuln/v1",
    })
    void takesAUriOrAWordOfCosign(String given, String type) {
        assertThat(Predicate.custom(given, utf8("{}")).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"review", "", "a b:c"})
    void refusesATypeThatIsNoUri(String type) {
        assertThatThrownBy(() -> Predicate.custom(type, utf8("{}")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'" + type + "' is not the type of a predicate. Write a URI, as in"
                        + " https://example.com/review/v1, or one of"
                        + " cyclonedx, link, openvex, slsaprovenance1, spdxjson, vuln.");
    }

    @Test
    void writesProvenanceInTheFieldsOfSlsa() {
        Provenance provenance = new Provenance(
                new Provenance.Definition(
                        "https://example.com/type/v1",
                        Json.object().put("pipeline", "Jenkinsfile"),
                        Json.object().put("job", "app/main"),
                        List.of(ResourceDescriptor.of(
                                "git+https://example.com/app@refs/heads/main", Map.of("gitCommit", "abc")))),
                new Provenance.Run(
                        "https://ci.example.com/#signed",
                        Map.of("jenkins", "2.516"),
                        "https://ci.example.com/job/app/1/",
                        Optional.of(NOON),
                        Optional.empty(),
                        List.of(new ResourceDescriptor("log", "", Map.of(), Map.of("lines", "9")))));

        assertThat(provenance.predicate().json())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{'buildDefinition':{'buildType':'https://example.com/type/v1',".replace('\'', '"')
                        + ("'externalParameters':{'pipeline':'Jenkinsfile'},'internalParameters':{'job':'app/main'},"
                                        + "'resolvedDependencies':[{'uri':'git+https://example.com/app@refs/heads/main',"
                                        + "'digest':{'gitCommit':'abc'}}]},'runDetails':{'builder':{"
                                        + "'id':'https://ci.example.com/#signed','version':{'jenkins':'2.516'}},"
                                        + "'metadata':{'invocationId':'https://ci.example.com/job/app/1/',"
                                        + "'startedOn':'2026-11-21T12:00:00Z'},"
                                        + "'byproducts':[{'name':'log','annotations':{'lines':'9'}}]}}")
                                .replace('\'', '"'));
    }

    @Test
    void refusesProvenanceThatSaysNotByWhom() {
        Provenance.Definition definition =
                new Provenance.Definition("https://example.com/t", Json.object(), Json.object(), List.of());
        Provenance.Run run = new Provenance.Run("", Map.of(), "", Optional.empty(), Optional.empty(), List.of());

        assertThatThrownBy(() -> new Provenance(definition, run))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The provenance lacks its build type or its builder. SLSA demands both; give them.");
    }

    @Test
    void writesTestResults() {
        TestResult result =
                new TestResult(new TestResult.Counts(2, 0, 1), List.of("a", "b"), List.of(), List.of(), "https://ci/1");

        assertThat(result.predicate().json())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"result\":\"PASSED\",\"configuration\":[],\"url\":\"https://ci/1\","
                        + "\"passedTests\":[\"a\",\"b\"],\"warnedTests\":[],\"failedTests\":[],"
                        + "\"multiarch_counts\":{\"passed\":2,\"failed\":0,\"skipped\":1}}");
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0, PASSED", "1, 0, 1, PASSED", "9, 1, 0, FAILED", "0, 0, 3, WARNED"})
    void judgesTestsByTheirCounts(int passed, int failed, int skipped, String result) {
        TestResult.Counts counts = new TestResult.Counts(passed, failed, skipped);

        assertThat(new TestResult(counts, List.of(), List.of(), List.of(), "").result())
                .isEqualTo(result);
    }

    @Test
    void namesAThousandTestsAtMost() {
        List<String> names = Collections.nCopies(1001, "x".repeat(501));

        TestResult result = new TestResult(new TestResult.Counts(1001, 1001, 0), names, names, List.of(), "");

        assertThat(result.passed()).hasSize(1000).containsOnly("x".repeat(499) + "…");
        assertThat(result.failed()).hasSize(1000);
        assertThat(result.predicate().json()).asString(StandardCharsets.UTF_8).contains("\"failed\":1001");
    }

    @Test
    void writesASummaryOfAVerification() {
        Digest policy = Digest.sha256(utf8("policy"));
        Digest bundle = Digest.sha256(utf8("bundle"));
        VerificationSummary summary = new VerificationSummary(
                "https://ci.example.com/", NOON, "oci://ghcr.io/acme/app@sha256:00", policy, List.of(bundle), true);

        assertThat(summary.predicate().json())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"verifier\":{\"id\":\"https://ci.example.com/\"},"
                        + "\"timeVerified\":\"2026-11-21T12:00:00Z\","
                        + "\"resourceUri\":\"oci://ghcr.io/acme/app@sha256:00\","
                        + "\"policy\":{\"digest\":{\"sha256\":\"" + policy.hex() + "\"}},"
                        + "\"inputAttestations\":[{\"digest\":{\"sha256\":\"" + bundle.hex() + "\"}}],"
                        + "\"verificationResult\":\"PASSED\",\"verifiedLevels\":[\"SLSA_BUILD_LEVEL_UNEVALUATED\"],"
                        + "\"slsaVersion\":\"1.0\"}");
    }

    @Test
    void putsTrivysReportIntoInTotosForm() {
        Predicate report = ScanReport.parse(
                utf8("{\"SchemaVersion\":2,\"ArtifactName\":\"app\",\"CreatedAt\":\"2026-11-20T10:00:00+01:00\","
                        + "\"Results\":[{\"Vulnerabilities\":[{\"VulnerabilityID\":\"CVE-1\",\"Severity\":\"HIGH\","
                        + "\"SeveritySource\":\"debian\"}]},{\"Class\":\"secret\"}]}"),
                NOON);

        assertThat(report.type()).isEqualTo("https://in-toto.io/attestation/vulns/v0.2");
        assertThat(report.json())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"scanner\":{\"uri\":\"pkg:github/aquasecurity/trivy\",\"db\":{},\"result\":["
                        + "{\"id\":\"CVE-1\",\"severity\":[{\"method\":\"debian\",\"score\":\"high\"}]}]},"
                        + "\"metadata\":{\"scanStartedOn\":\"2026-11-20T09:00:00Z\","
                        + "\"scanFinishedOn\":\"2026-11-20T09:00:00Z\"}}");
    }

    @Test
    void putsGrypesReportIntoInTotosForm() {
        Predicate report = ScanReport.parse(
                utf8("{\"matches\":[{\"vulnerability\":{\"id\":\"CVE-2\",\"namespace\":\"alpine\","
                        + "\"severity\":\"Critical\"}}],\"descriptor\":{\"name\":\"grype\",\"version\":\"0.80\","
                        + "\"db\":{\"built\":\"2026-11-01T00:00:00Z\"}}}"),
                NOON);

        assertThat(report.json())
                .asString(StandardCharsets.UTF_8)
                .contains("\"version\":\"0.80\",\"db\":{\"lastUpdate\":\"2026-11-01T00:00:00Z\"}")
                .contains("{\"id\":\"CVE-2\",\"severity\":[{\"method\":\"alpine\",\"score\":\"critical\"}]}")
                .contains("\"scanFinishedOn\":\"2026-11-21T12:00:00.250Z\"");
    }

    @Test
    void leavesAScanThatIsAPredicateAsItIs() {
        byte[] cosign = utf8("{\"scanner\":{\"result\":{}},\"metadata\":{\"scanFinishedOn\":\"x\"}}");
        byte[] inToto = utf8("{\"scanner\":{\"result\":[]},\"metadata\":{\"scanFinishedOn\":\"x\"}}");

        assertThat(ScanReport.parse(cosign, NOON).type()).isEqualTo("https://cosign.sigstore.dev/attestation/vuln/v1");
        assertThat(ScanReport.parse(cosign, NOON).json()).isEqualTo(cosign);
        assertThat(ScanReport.parse(inToto, NOON).type()).isEqualTo("https://in-toto.io/attestation/vulns/v0.2");
    }

    @Test
    void refusesAReportOfAnUnknownScanner() {
        assertThatThrownBy(() -> ScanReport.parse(utf8("{\"runs\":[]}"), NOON))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The scan report is of no form that we know. Give the JSON of Trivy or Grype,"
                        + " trivy's cosign-vuln, or a predicate of in-toto's vulns v0.2.");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
