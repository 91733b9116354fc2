package io.jenkins.plugins.multiarch.attest;

import static io.jenkins.plugins.multiarch.attest.PolicyTrial.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.ImageRef;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanRequirementTest {
    private MultiPlatformImage image;
    private PolicyTrial trial;

    @BeforeEach
    void pushAnImage() throws Exception {
        image = MultiPlatformImage.pushed();
        trial = PolicyTrial.of(image);
    }

    @Test
    void countsFindingsOfTheNewestScan() throws Exception {
        trial.attest(AttestationRequest.of(image.ref(), scan("2026-11-20T00:00:00Z")));
        trial.attest(AttestationRequest.of(image.ref(), scan("2026-11-21T00:00:00Z", "medium", "9.8", "HIGH")));

        assertThat(detail("atMost: {critical: 0, high: 0}"))
                .isEqualTo("it found 1 of severity critical, and 0 are allowed");
        assertThat(trial.verify("type: scan, on: index, atMost: {critical: 1, high: 1}")
                        .isPassed())
                .isTrue();
    }

    @Test
    void doesNotCountWhatItCannotRead() throws Exception {
        trial.attest(AttestationRequest.of(
                image.ref(),
                new Predicate(PredicateTypes.COSIGN_VULNERABILITIES, utf8("{\"scanner\":{\"result\":{}}}"))));

        assertThat(detail("atMost: {critical: 0}")).isEqualTo("its findings are in no form that can be counted");
    }

    @Test
    void believesNoEvidenceFromTheFuture() throws Exception {
        trial.attest(AttestationRequest.of(image.ref(), scan("2026-11-22T00:00:00Z")));

        assertThat(detail("maxAge: 1d"))
                .isEqualTo("it says that it was made at 2026-11-22T00:00:00Z, which is to come");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "Important", "-1"})
    void countsNoSeverityThatItCannotRead(String score) throws Exception {
        trial.attest(AttestationRequest.of(image.ref(), scan("2026-11-21T00:00:00Z", score)));

        assertThat(detail("atMost: {critical: 0}")).isEqualTo("it has a severity that cannot be read: '" + score + "'");
        assertThat(detail("atMost: {critical: 0, unknown: 0}"))
                .isEqualTo("it found 1 of severity unknown, and 0 are allowed");
        assertThat(trial.verify("type: scan, on: index, atMost: {critical: 0, unknown: 1}")
                        .isPassed())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'CRITICAL'", "['9.8', 'Important']", "[{'score': {'base': 9.8}}]"})
    void countsNoSeverityInAnotherForm(String severity) throws Exception {
        ImageRef single = image.ref(image.arm64());
        trial.attest(AttestationRequest.of(
                single,
                ScanReport.parse(
                        utf8(("{'scanner':{'result':[{'id':'CVE','severity':" + severity
                                        + "}]},'metadata':{'scanFinishedOn':'2026-11-21T00:00:00Z'}}")
                                .replace('\'', '"')),
                        NOW)));

        assertThat(trial.verify(single, "type: scan, on: index, atMost: {critical: 0}")
                        .rows()
                        .get(0)
                        .detail())
                .startsWith("it has a severity that cannot be read: '");
    }

    private String detail(String rule) throws InterruptedException {
        return trial.verify("type: scan, on: index, " + rule).rows().get(0).detail();
    }

    private static Predicate scan(String finished, String... scores) {
        StringBuilder found = new StringBuilder();
        for (String score : scores) {
            found.append(found.isEmpty() ? "" : ",")
                    .append("{\"id\":\"CVE\",\"severity\":[{\"score\":\"low\"},{\"score\":\"" + score + "\"}]}");
        }
        return new Predicate(
                PredicateTypes.VULNERABILITIES,
                utf8("{\"scanner\":{\"result\":[" + found + "]},\"metadata\":{\"scanFinishedOn\":\"" + finished
                        + "\"}}"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
