package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationPolicyTest {
    private static final String KEY = new String(SampleKeys.file("p256.pub"), StandardCharsets.US_ASCII);

    @Test
    void readsYaml() {
        VerificationPolicy policy = parse("""
                trust:
                  - key: |
                %s
                  - subject: https://ci.example.com/job/app/
                    issuerRegex: https://ci\\.example\\.com/.*
                platforms: [linux/amd64, linux/arm64/v8]
                require:
                  - type: provenance
                    builder: https://ci.example.com/#signed
                    source: https://github.com/acme/app
                    branch: main
                    inline: true
                    maxAge: 30d
                  - {type: scan, on: platforms, atMost: {critical: 0, high: 3}}
                  - {type: test, on: index, result: PASSED}
                  - type: https://example.com/review/v1
                """.formatted(KEY.indent(6)));

        assertThat(policy.trust())
                .containsExactly(
                        new TrustRule.Key(SampleKeys.trusted("p256.pub")),
                        new TrustRule.Identity(
                                "https://ci.example.com/job/app/", "", "", "https://ci\\.example\\.com/.*"));
        assertThat(policy.platforms()).containsExactly(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));
        assertThat(policy.requirements())
                .containsExactly(
                        new Requirement(
                                EvidenceType.PROVENANCE,
                                Requirement.Scope.ALL,
                                "https://ci.example.com/#signed",
                                "https://github.com/acme/app",
                                "refs/heads/main",
                                Optional.of(Duration.ofDays(30)),
                                Map.of(),
                                "",
                                true),
                        new Requirement(
                                EvidenceType.SCAN,
                                Requirement.Scope.PLATFORMS,
                                "",
                                "",
                                "",
                                Optional.empty(),
                                Map.of(Severity.CRITICAL, 0, Severity.HIGH, 3),
                                "",
                                false),
                        new Requirement(
                                EvidenceType.TEST,
                                Requirement.Scope.INDEX,
                                "",
                                "",
                                "",
                                Optional.empty(),
                                Map.of(),
                                "PASSED",
                                false),
                        Requirement.of(EvidenceType.parse("https://example.com/review/v1")));
    }

    @Test
    void readsThePolicyOfTheDocumentation() throws Exception {
        String page = Files.readString(Path.of("docs/attestations.md"));

        VerificationPolicy policy = parse(page.split("```yaml\n")[1].split("```")[0]);

        assertThat(policy.trust()).hasSize(2);
        assertThat(policy.requirements()).hasSize(4);
    }

    @Test
    void readsJson() {
        VerificationPolicy policy = parse("{\"trust\":[{\"key\":\"" + KEY.replace("\n", "\\n")
                + "\"}],\"require\":[{\"type\":\"sbom\",\"on\":\"all\"}]}");

        assertThat(policy.requirements()).containsExactly(Requirement.of(EvidenceType.SBOM));
        assertThat(policy.platforms()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]                                   | it is not a list of names and values",
                "{a: 1, a: 2}                         | it cannot be read past line 1",
                "{trusts: []}                         | 'trusts' under the policy is none of platforms, require, trust",
                "{trust: 1}                           | 'trust' is not a list",
                "{trust: [x]}                         | something under trust is not a list of names and values",
                "{require: [{type: any}]}             | it says not whom to trust",
                "{trust: [ID]}                        | it says nothing that is required",
                "{trust: [{subject: a}]}              | a rule under trust is neither a key nor an identity with subject"
                        + " and issuer",
                "{trust: [{key: k, subject: a, issuer: b}]} | a rule under trust is neither a key nor an identity with"
                        + " subject and issuer",
                "{trust: [{key: [k]}]}                | 'key' is not a text",
                "{trust: [ID], require: [{type: any, on: arm}]} | 'on' is 'arm' and not all, platforms or index",
                "{trust: [ID], require: [{type: any, maxAge: 3 weeks}]} | 'maxAge' is '3 weeks' and not a number of days"
                        + " or hours, as in 30d or 12h",
                "{trust: [ID], require: [{type: sbom, builder: b}]} | builder, source, ref and branch are asked of sbom,"
                        + " and only provenance has them",
                "{trust: [ID], require: [{type: provenance, source: s, inline: maybe}]} | 'inline' is neither true nor false",
                "{trust: [ID], require: [{type: provenance, inline: true}]} | inline is allowed without a source, ref or"
                        + " branch, and nothing else would refuse it",
                "{trust: [ID], require: [{type: test, atMost: {high: 1}}]} | atMost is asked of test, and only a scan has"
                        + " it",
                "{trust: [ID], require: [{type: scan, result: PASSED}]} | result is asked of scan, and only test and"
                        + " summary have it",
                "{trust: [ID], require: [{type: scan, atMost: {hihg: 1}}]} | 'hihg' under atMost is no severity",
                "{trust: [ID], require: [{type: scan, atMost: {high: few}}]} | 'atMost' has no number for high",
                "{trust: [ID], require: [{type: scan, atMost: [{critical: 0}]}]} | 'atMost' is not a list of severities"
                        + " and numbers",
                "{trust: [ID], require: [{type: scan, atMost: critical}]} | 'atMost' is not a list of severities and"
                        + " numbers",
                "{trust: [ID], require: [{type: scan, atMost: }]} | 'atMost' is not a list of severities and numbers",
                "{trust: [ID], require: [{type: scan, atMost: {}}]} | 'atMost' is not a list of severities and numbers",
                "{trust: [ID], platforms: [], require: [{type: any}]} | 'platforms' is empty",
                "{trust: [ID], require: [{type: scan, maxAge: ''}]} | 'maxAge' is empty",
                "{trust: [ID], require: [{type: scan, maxAge: null}]} | 'maxAge' is empty",
                "{trust: [ID], require: [{type: provenance, builder: ' '}]} | 'builder' is empty",
                "{trust: [ID], require: [{type: provenance, source: null}]} | 'source' is empty",
                "{trust: [ID], require: [{type: any, on: }]} | 'on' is empty",
                "{trust: [ID], require: [{type: provenance, ref: refs/tags/v1, branch: main}]} | a rule under require has"
                        + " both ref and branch",
            })
    void refusesWhatItDoesNotUnderstand(String text, String reason) {
        assertThatThrownBy(() -> parse(text.replace("ID", "{subject: a, issuer: b}")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The policy is not understood: " + reason
                        + ". See docs/attestations.md for what a policy holds.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n---\nrequire: [{type: sbom}]\n", " {platforms: [linux/amd64]}"})
    void refusesWhatStandsBehindThePolicy(String more) {
        String policy = "{trust: [{subject: a, issuer: b}], require: [{type: any}]}";

        assertThat(parse("---\n" + policy + "\n...\n").requirements()).hasSize(1);
        assertThatThrownBy(() -> parse(policy + more))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("The policy is not understood: it cannot be read past line ");
    }

    @Test
    void refusesAPolicyThatIsTooLarge() {
        assertThatThrownBy(() -> VerificationPolicy.parse(new byte[(1 << 20) + 1]))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The policy is not understood: it has more than 1048576 bytes."
                        + " See docs/attestations.md for what a policy holds.");
    }

    @Test
    void refusesAnUnknownKindOfEvidence() {
        assertThatThrownBy(() -> EvidenceType.parse("sboms"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "'sboms' is no kind of evidence. Write provenance, sbom, scan, test, summary, signature, any,"
                                + " or the URI of a predicate type.");
    }

    @Test
    void knowsTypesInTheirVersions() {
        assertThat(EvidenceType.SBOM.includes("https://spdx.dev/Document/v2.3")).isTrue();
        assertThat(EvidenceType.SBOM.includes("https://cyclonedx.org/bom")).isTrue();
        assertThat(EvidenceType.SBOM.includes("https://cyclonedx.org/bomb")).isFalse();
        assertThat(EvidenceType.PROVENANCE.includes("https://slsa.dev/provenance/v0.2"))
                .isFalse();
    }

    @Test
    void trustsNobodyWithoutARule() {
        assertThatThrownBy(() -> new AnyVerifier(List.of()))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("Nobody is trusted, so nothing can be verified. Name a key or an identity.");
    }

    private static VerificationPolicy parse(String text) {
        return VerificationPolicy.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
