package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is said of the sample images. */
final class SamplePredicates {
    static final String REVIEW = "https://example.com/review/v1";
    static final Predicate REVIEWED = new Predicate(REVIEW, utf8("{\"by\":\"Zoë\"}"));

    /** Of the text of a policy. */
    static final Digest POLICY = Digest.sha256(utf8("policy"));

    private SamplePredicates() {}

    static Predicate sbom() {
        return Sbom.parse(utf8("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"}"));
    }

    /** An SBOM that names what it was made of: the digest of a manifest or of a configuration. */
    static Predicate sbomOf(Digest digest) {
        return Sbom.parse(utf8("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"metadata\":{\"component\":{"
                + "\"type\":\"container\",\"version\":\"" + digest + "\"}}}"));
    }

    /** Of a build that ended two hours before {@link PolicyTrial#NOW}. */
    static Predicate provenance(String builder, String repository, String branch) {
        return new Provenance(
                        new Provenance.Definition(
                                "https://example.com/type",
                                Json.object()
                                        .set(
                                                "source",
                                                Json.object()
                                                        .put("repository", repository)
                                                        .put("ref", "refs/heads/" + branch)),
                                Json.object(),
                                List.of()),
                        new Provenance.Run(
                                builder,
                                Map.of(),
                                "",
                                Optional.empty(),
                                Optional.of(Instant.parse("2026-11-21T10:00:00Z")),
                                List.of()))
                .predicate();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
