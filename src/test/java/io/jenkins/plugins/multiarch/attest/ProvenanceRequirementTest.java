package io.jenkins.plugins.multiarch.attest;

import static io.jenkins.plugins.multiarch.attest.PolicyTrial.NOW;
import static io.jenkins.plugins.multiarch.attest.SamplePredicates.provenance;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.multiarch.attest.VerificationVerdict.Row;
import io.jenkins.plugins.multiarch.attest.VerificationVerdict.State;
import io.jenkins.plugins.multiarch.image.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvenanceRequirementTest {
    private MultiPlatformImage image;
    private PolicyTrial trial;

    @BeforeEach
    void pushAnImage() throws Exception {
        image = MultiPlatformImage.pushed();
        trial = PolicyTrial.of(image);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "builder: https://other/       | the builder is 'https://ci/#signed' and not 'https://other/'",
                "source: https://evil/app      | the source is 'https://github.com/acme/app' and not 'https://evil/app'",
                "branch: release               | the ref is 'refs/heads/main' and not 'refs/heads/release'",
                "ref: refs/tags/v*             | the ref is 'refs/heads/main' and not 'refs/tags/v*'",
                "maxAge: 1h                    | it was made at 2026-11-21T10:00:00Z, which is too long ago",
            })
    void saysWhyProvenanceDoesNotFit(String rule, String reason) throws Exception {
        trial.attest(AttestationRequest.of(
                image.ref(), provenance("https://ci/#signed", "https://github.com/acme/app", "main")));

        VerificationVerdict verdict = trial.verify("type: provenance, on: index, " + rule);

        assertThat(verdict.rows())
                .containsExactly(new Row("index", image.index().digest(), "provenance", State.FAILED, reason));
    }

    @Test
    void takesARefByItsPattern() throws Exception {
        trial.attest(AttestationRequest.of(image.ref(), provenance("b", "https://github.com/acme/app", "release/1.x")));

        assertThat(trial.verify("type: provenance, ref: refs/heads/release/*, maxAge: 1d")
                        .isPassed())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{inline: true}                | its Pipeline was written into the job, and not read from the source",
                "{inline: true, replayed: true} | its Pipeline was replayed, rebuilt or restarted, and not read from the"
                        + " source",
                "{path: Jenkinsfile, replayed: true} | its Pipeline was replayed, rebuilt or restarted, and not read from"
                        + " the source",
                "{}                            | it does not say where in the source its Pipeline is",
            })
    void takesNoSourceOfAPipelineThatWasNotReadFromIt(String pipeline, String reason) throws Exception {
        trial.attest(AttestationRequest.of(
                image.ref(),
                jenkins("{source: {repository: 'https://github.com/acme/app', ref: refs/heads/main}, pipeline: "
                        + pipeline + "}")));

        assertThat(detail("source: https://github.com/acme/app")).startsWith(reason);
        assertThat(detail("branch: main")).startsWith(reason);
        assertThat(trial.verify("type: provenance, branch: main, inline: true").isPassed())
                .isTrue();
        assertThat(trial.verify("type: provenance, maxAge: 1d").isPassed()).isTrue();
    }

    @Test
    void takesTheSourceOfAPipelineThatWasReadFromIt() throws Exception {
        trial.attest(AttestationRequest.of(
                image.ref(),
                jenkins("{source: {repository: 'https://github.com/acme/app', ref: refs/heads/main}, pipeline: {path:"
                        + " Jenkinsfile}}")));

        assertThat(trial.verify("type: provenance, source: https://github.com/acme/app, branch: main")
                        .isPassed())
                .isTrue();
    }

    /** The script of such a Pipeline chooses what it fetches first. */
    @Test
    void takesNothingThatAPipelineFetchedForItsSource() throws Exception {
        trial.attest(AttestationRequest.of(image.ref(), jenkins("{pipeline: {inline: true}}")));

        assertThat(detail("inline: true, source: https://github.com/acme/app"))
                .isEqualTo("the source is '' and not 'https://github.com/acme/app'");
        assertThat(detail("inline: true, branch: main")).isEqualTo("the ref is '' and not 'refs/heads/main'");
    }

    /** A shared library, or a base image, does not make an image one of its repository. */
    @Test
    void takesTheFirstThingThatWentInForTheSource() throws Exception {
        Provenance provenance = new Provenance(
                new Provenance.Definition(
                        "https://t",
                        Json.object(),
                        Json.object(),
                        List.of(
                                ResourceDescriptor.of("git+ssh://git@evil/app@refs/heads/main", Map.of()),
                                ResourceDescriptor.of("git+https://github.com/acme/app@refs/heads/main", Map.of()))),
                new Provenance.Run("b", Map.of(), "", Optional.empty(), Optional.empty(), List.of()));
        trial.attest(AttestationRequest.of(image.ref(), provenance.predicate()));

        assertThat(detail("source: https://github.com/acme/app"))
                .isEqualTo("the source is 'ssh://git@evil/app' and not 'https://github.com/acme/app'");
        assertThat(trial.verify("type: provenance, on: index, source: 'ssh://git@evil/app', branch: main")
                        .isPassed())
                .isTrue();
        assertThat(detail("maxAge: 1d")).isEqualTo("it does not say when it was made");
    }

    private String detail(String rule) throws InterruptedException {
        return trial.verify("type: provenance, on: index, " + rule)
                .rows()
                .get(0)
                .detail();
    }

    /** Provenance of this plugin, of a build whose script fetched the right repository. */
    private static Predicate jenkins(String externalParameters) throws IOException {
        return new Provenance(
                        new Provenance.Definition(
                                Provenance.PIPELINE,
                                (ObjectNode) new YAMLMapper().readTree(externalParameters),
                                Json.object(),
                                List.of(ResourceDescriptor.of(
                                        "git+https://github.com/acme/app@refs/heads/main", Map.of()))),
                        new Provenance.Run("b", Map.of(), "", Optional.empty(), Optional.of(NOW), List.of()))
                .predicate();
    }
}
