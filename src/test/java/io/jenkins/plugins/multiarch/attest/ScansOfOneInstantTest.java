package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.attest.VerificationVerdict.Row;
import io.jenkins.plugins.multiarch.attest.VerificationVerdict.State;
import io.jenkins.plugins.multiarch.attest.WeighedEvidence.Genuine;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two scanners, of whose reports whoever pushes could put one before the other. */
class ScansOfOneInstantTest {
    private static final Instant THEN = Instant.parse("2026-11-20T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final Requirement SCANNED = Requirement.of(EvidenceType.SCAN);
    private static final Descriptor IMAGE = Descriptor.of(MediaTypes.OCI_MANIFEST, new byte[0]);
    private static final Genuine GOOD = scan("one", NOW, Optional.empty());
    private static final Genuine BAD =
            scan("two", NOW, Optional.of("it found 1 of severity critical, and 0 are allowed"));

    private static Genuine scan(String signer, Instant time, Optional<String> objection) {
        return new Genuine(
                signer, time, Map.of(SCANNED, objection), Digest.sha256(signer.getBytes(StandardCharsets.US_ASCII)));
    }

    private static List<Row> rows(WeighedEvidence... beside) {
        VerificationPolicy policy = new VerificationPolicy(
                List.of(new TrustRule.Key(SampleKeys.trusted("p256.pub"))),
                List.of(),
                List.of(SCANNED),
                SamplePredicates.POLICY);
        ImageSubjects image = new ImageSubjects(Repository.parse("a.example/acme/app"), IMAGE, List.of());
        return new PolicyCheck(policy, image, Map.of(IMAGE.digest(), List.of(beside)))
                .verdict()
                .rows();
    }

    private static Row row(State state, String detail) {
        return new Row("image", IMAGE.digest(), "scan", state, detail);
    }

    @Test
    void allHaveToFit() {
        Row failed = row(State.FAILED, "it found 1 of severity critical, and 0 are allowed");

        assertThat(rows(GOOD, BAD)).containsExactly(failed);
        assertThat(rows(BAD, GOOD)).containsExactly(failed);
    }

    @Test
    void passWhereAllFit() {
        Genuine older = scan("three", THEN, BAD.objections().get(SCANNED));

        assertThat(rows(older, GOOD, scan("four", NOW, Optional.empty()))).containsExactly(row(State.PRESENT, "one"));
    }

    @Test
    void areNotHelpedByOlderOnes() {
        assertThat(rows(scan("three", THEN, Optional.empty()), BAD))
                .extracting(Row::state)
                .containsExactly(State.FAILED);
    }
}
