package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.multiarch.attest.VerificationVerdict.Row;
import io.jenkins.plugins.multiarch.attest.VerificationVerdict.State;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageVerificationTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Platform ARM64 = Platform.parse("linux/arm64");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Repository app = Repository.parse("a.example/acme/app");
    private final KeySigner signer = new KeySigner(SampleKeys.p256());
    private final String signed = signer.name();
    private ImageManifest amd64;
    private ImageManifest arm64;
    private ImageIndex index;
    private ImageRef image;

    @BeforeEach
    void pushAnImage() throws Exception {
        SampleImages images = new SampleImages(registry, app);
        amd64 = images.image("linux/amd64", "a");
        arm64 = images.image("linux/arm64", "b");
        index = images.index(List.of(
                amd64.descriptor().withPlatform(Platform.parse("linux/amd64")),
                arm64.descriptor().withPlatform(ARM64)));
        image = ImageRef.of(app, index.digest());
    }

    @Test
    void passesAnImageWithEvidenceAtEveryDigest() throws Exception {
        attest(AttestationRequest.of(image, provenance("https://ci/#signed", "https://github.com/acme/app", "main")));

        VerificationVerdict verdict = verify(
                "type: provenance, builder: 'https://ci/#signed', source: https://github.com/acme/app.git, branch: main");

        assertThat(verdict.rows())
                .containsExactly(
                        new Row("index", index.digest(), "provenance", State.PRESENT, signed),
                        new Row("linux/amd64", amd64.digest(), "provenance", State.PRESENT, signed),
                        new Row("linux/arm64", arm64.digest(), "provenance", State.PRESENT, signed));
        assertThat(verdict.isPassed()).isTrue();
        verdict.refuseUnlessPassed();
    }

    @Test
    void saysForEachPlatformWhatIsMissing() throws Exception {
        attest(AttestationRequest.of(image).with(ARM64, sbom()));

        VerificationVerdict verdict = verify("type: sbom, on: platforms");

        String digest = amd64.digest().toString();
        assertThat(verdict.table())
                .isEqualTo("PLATFORM     DIGEST               EVIDENCE  STATE    DETAIL\n"
                        + "linux/amd64  " + digest.substring(0, 19)
                        + "  sbom      missing  there is none by anybody trusted\n"
                        + "linux/arm64  " + arm64.digest().abbreviated() + "  sbom      present  " + signed + "\n");
        assertThat(Json.write(verdict.toJson()))
                .asString(StandardCharsets.UTF_8)
                .startsWith("{\"passed\":false,\"image\":\"" + image + "\",\"digest\":\"" + index.digest()
                        + "\",\"evidence\":[{\"platform\":\"linux/amd64\",\"digest\":\"" + digest
                        + "\",\"evidence\":\"sbom\",\"state\":\"missing\","
                        + "\"detail\":\"there is none by anybody trusted\"},");
        assertThatThrownBy(verdict::refuseUnlessPassed)
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        image + " does not satisfy the policy:\n- linux/amd64: sbom missing: there is none by anybody"
                                + " trusted. Attest what is missing with a trusted key, or release another image.");
    }

    @Test
    void takesNoWordOfSomebodyElse() throws Exception {
        new Attestations(registry, line -> {})
                .attest(
                        AttestationRequest.of(ImageRef.of(app, arm64.digest()), sbom()),
                        new KeySigner(SampleKeys.ed25519()));

        VerificationVerdict verdict = verify(ImageRef.of(app, arm64.digest()), "type: sbom");

        assertThat(verdict.rows().get(0).state()).isEqualTo(State.MISSING);
        assertThat(verdict.rows().get(0).detail())
                .matches(
                        "what lies there does not count: sha256:[0-9a-f]{64}: it has no signature by the ECDSA P-256 key"
                                + " SHA256:.*");
    }

    @Test
    void wantsThePlatformsOfThePolicy() throws Exception {
        attest(AttestationRequest.of(image, sbom()));

        VerificationPolicy policy = new VerificationPolicy(
                List.of(new TrustRule.Key(SampleKeys.trusted("p256.pub"))),
                List.of(ARM64, Platform.parse("linux/s390x")),
                List.of(Requirement.of(EvidenceType.ANY)));
        VerificationVerdict verdict = verify(image, policy);

        assertThat(verdict.rows().get(0))
                .isEqualTo(
                        new Row("linux/s390x", index.digest(), "image", State.MISSING, "the index does not list it"));
        assertThat(verdict.isPassed()).isFalse();
    }

    @Test
    void passesNoIndexWithoutAnImage() throws Exception {
        ImageIndex empty = new SampleImages(registry, app).index(List.of());

        VerificationVerdict verdict = verify(ImageRef.of(app, empty.digest()), "type: sbom, on: platforms");

        assertThat(verdict.isPassed()).isFalse();
        assertThat(verdict.rows())
                .containsExactly(new Row("index", empty.digest(), "image", State.MISSING, "the index lists none"));
    }

    @Test
    void knowsThePlatformOfASingleImage() throws Exception {
        ImageRef single = ImageRef.of(app, arm64.digest());
        attest(AttestationRequest.of(single).with(ARM64, sbom()));

        VerificationPolicy policy = new VerificationPolicy(
                List.of(new TrustRule.Key(SampleKeys.trusted("p256.pub"))),
                List.of(ARM64),
                List.of(Requirement.of(EvidenceType.SBOM)));

        assertThat(verify(single, policy).rows())
                .containsExactly(new Row("linux/arm64", arm64.digest(), "sbom", State.PRESENT, signed));
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
        attest(AttestationRequest.of(image, provenance("https://ci/#signed", "https://github.com/acme/app", "main")));

        VerificationVerdict verdict = verify("type: provenance, on: index, " + rule);

        assertThat(verdict.rows())
                .containsExactly(new Row("index", index.digest(), "provenance", State.FAILED, reason));
    }

    @Test
    void takesARefByItsPattern() throws Exception {
        attest(AttestationRequest.of(image, provenance("b", "https://github.com/acme/app", "release/1.x")));

        assertThat(verify("type: provenance, ref: refs/heads/release/*, maxAge: 1d")
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
        attest(AttestationRequest.of(
                image,
                jenkins("{source: {repository: 'https://github.com/acme/app', ref: refs/heads/main}, pipeline: "
                        + pipeline + "}")));

        assertThat(detail("source: https://github.com/acme/app")).startsWith(reason);
        assertThat(detail("branch: main")).startsWith(reason);
        assertThat(verify("type: provenance, branch: main, inline: true").isPassed())
                .isTrue();
        assertThat(verify("type: provenance, maxAge: 1d").isPassed()).isTrue();
    }

    @Test
    void takesTheSourceOfAPipelineThatWasReadFromIt() throws Exception {
        attest(AttestationRequest.of(
                image,
                jenkins("{source: {repository: 'https://github.com/acme/app', ref: refs/heads/main}, pipeline: {path:"
                        + " Jenkinsfile}}")));

        assertThat(verify("type: provenance, source: https://github.com/acme/app, branch: main")
                        .isPassed())
                .isTrue();
    }

    /** The script of such a Pipeline chooses what it fetches first. */
    @Test
    void takesNothingThatAPipelineFetchedForItsSource() throws Exception {
        attest(AttestationRequest.of(image, jenkins("{pipeline: {inline: true}}")));

        assertThat(detail("inline: true, source: https://github.com/acme/app"))
                .isEqualTo("the source is '' and not 'https://github.com/acme/app'");
        assertThat(detail("inline: true, branch: main")).isEqualTo("the ref is '' and not 'refs/heads/main'");
    }

    private String detail(String rule) throws InterruptedException {
        return verify("type: provenance, on: index, " + rule).rows().get(0).detail();
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
        attest(AttestationRequest.of(image, provenance.predicate()));

        assertThat(verify("type: provenance, on: index, source: https://github.com/acme/app")
                        .rows()
                        .get(0)
                        .detail())
                .isEqualTo("the source is 'ssh://git@evil/app' and not 'https://github.com/acme/app'");
        assertThat(verify("type: provenance, on: index, source: 'ssh://git@evil/app', branch: main")
                        .isPassed())
                .isTrue();
        assertThat(verify("type: provenance, on: index, maxAge: 1d")
                        .rows()
                        .get(0)
                        .detail())
                .isEqualTo("it does not say when it was made");
    }

    @Test
    void countsFindingsOfTheNewestScan() throws Exception {
        attest(AttestationRequest.of(image, scan("2026-11-20T00:00:00Z")));
        attest(AttestationRequest.of(image, scan("2026-11-21T00:00:00Z", "medium", "9.8", "HIGH")));

        assertThat(verify("type: scan, on: index, atMost: {critical: 0, high: 0}")
                        .rows()
                        .get(0)
                        .detail())
                .isEqualTo("it found 1 of severity critical, and 0 are allowed");
        assertThat(verify("type: scan, on: index, atMost: {critical: 1, high: 1}")
                        .isPassed())
                .isTrue();
    }

    @Test
    void doesNotCountWhatItCannotRead() throws Exception {
        attest(AttestationRequest.of(
                image, new Predicate(PredicateTypes.COSIGN_VULNERABILITIES, utf8("{\"scanner\":{\"result\":{}}}"))));

        assertThat(verify("type: scan, on: index, atMost: {critical: 0}")
                        .rows()
                        .get(0)
                        .detail())
                .isEqualTo("its findings are in no form that can be counted");
    }

    @Test
    void believesNoEvidenceFromTheFuture() throws Exception {
        attest(AttestationRequest.of(image, scan("2026-11-22T00:00:00Z")));

        assertThat(verify("type: scan, on: index, maxAge: 1d").rows().get(0).detail())
                .isEqualTo("it says that it was made at 2026-11-22T00:00:00Z, which is to come");
    }

    @Test
    void wantsTheResultOfTests() throws Exception {
        TestResult failed = new TestResult(new TestResult.Counts(0, 1, 0), List.of(), List.of("a"), List.of(), "");
        attest(AttestationRequest.of(image, failed.predicate()));

        assertThat(verify("type: test, on: index, result: PASSED").rows().get(0).detail())
                .isEqualTo("the result is 'FAILED' and not 'PASSED'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "Important", "-1"})
    void countsNoSeverityThatItCannotRead(String score) throws Exception {
        attest(AttestationRequest.of(image, scan("2026-11-21T00:00:00Z", score)));

        assertThat(verify("type: scan, on: index, atMost: {critical: 0}")
                        .rows()
                        .get(0)
                        .detail())
                .isEqualTo("it has a severity that cannot be read: '" + score + "'");
        assertThat(verify("type: scan, on: index, atMost: {critical: 0, unknown: 0}")
                        .rows()
                        .get(0)
                        .detail())
                .isEqualTo("it found 1 of severity unknown, and 0 are allowed");
        assertThat(verify("type: scan, on: index, atMost: {critical: 0, unknown: 1}")
                        .isPassed())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'CRITICAL'", "['9.8', 'Important']", "[{'score': {'base': 9.8}}]"})
    void countsNoSeverityInAnotherForm(String severity) throws Exception {
        ImageRef single = ImageRef.of(app, arm64.digest());
        attest(AttestationRequest.of(
                single,
                ScanReport.parse(
                        utf8(("{'scanner':{'result':[{'id':'CVE','severity':" + severity
                                        + "}]},'metadata':{'scanFinishedOn':'2026-11-21T00:00:00Z'}}")
                                .replace('\'', '"')),
                        NOW)));

        assertThat(verify(single, "type: scan, on: index, atMost: {critical: 0}")
                        .rows()
                        .get(0)
                        .detail())
                .startsWith("it has a severity that cannot be read: '");
    }

    @Test
    void takesNoFailureForEvidence() throws Exception {
        TestResult failed = new TestResult(new TestResult.Counts(0, 1, 0), List.of(), List.of("a"), List.of(), "");
        ImageRef single = ImageRef.of(app, arm64.digest());
        VerificationPolicy anything = VerificationPolicy.of(SampleKeys.trusted("p256.pub"));
        attest(AttestationRequest.of(single, failed.predicate()));

        VerificationVerdict verdict = verify(single, anything);
        attest(AttestationRequest.of(single, sbom()));

        assertThat(verdict.rows())
                .containsExactly(new Row("linux/arm64", arm64.digest(), "any", State.FAILED, "the result is 'FAILED'"));
        assertThat(verify(single, anything).isPassed()).isTrue();
    }

    /** An index that nobody signed, with one image that somebody did. */
    @Test
    void refusesAnImageThatIsListedAsAnIndex() throws Exception {
        ImageManifest evil = new SampleImages(registry, app).image("linux/arm64", "evil");
        ImageIndex forged = forged(Descriptor.of(MediaTypes.OCI_INDEX, evil.digest(), evil.bytes().length)
                .withPlatform(ARM64));

        assertThatThrownBy(() -> verify(ImageRef.of(app, forged.digest()), "type: sbom, on: platforms"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The index " + app + "@" + forged.digest() + " leads to " + evil.digest() + " as '"
                        + MediaTypes.OCI_INDEX + "', and that is " + MediaTypes.OCI_MANIFEST
                        + ". Do not use it; no tool that builds images makes such an index.");
    }

    @Test
    void refusesAnIndexThatIsListedAsAnImage() throws Exception {
        ImageManifest evil = new SampleImages(registry, app).image("linux/arm64", "evil");
        ImageIndex inner = new SampleImages(registry, app).index(evil);
        ImageIndex forged = forged(Descriptor.of(MediaTypes.OCI_MANIFEST, inner.digest(), inner.bytes().length)
                .withPlatform(ARM64));

        assertThatThrownBy(() -> verify(ImageRef.of(app, forged.digest()), "type: sbom, on: platforms"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining(
                        " leads to " + inner.digest() + " as '" + MediaTypes.OCI_MANIFEST + "', and that is ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/arm64"})
    void asksForEvidenceOfWhatCallsItselfAnAttestation(String platform) throws Exception {
        ImageManifest evil = new SampleImages(registry, app).image("linux/arm64", "evil");
        Descriptor hidden =
                evil.descriptor().withAnnotations(Map.of("vnd.docker.reference.type", "attestation-manifest"));
        ImageIndex forged =
                forged(platform.isEmpty() ? hidden : hidden.withPlatform(new Platform("", "arm64", "", "")));

        VerificationVerdict verdict = verify(ImageRef.of(app, forged.digest()), "type: sbom, on: platforms");

        assertThat(verdict.rows()).extracting(Row::digest).containsExactly(amd64.digest(), evil.digest());
        assertThat(verdict.isPassed()).isFalse();
    }

    @Test
    void asksForEvidenceOfAnImageThatIsNotThere() throws Exception {
        Digest lost = Digest.sha256(utf8("lost"));
        ImageIndex sparse = ImageIndex.of(
                List.of(Descriptor.of(MediaTypes.OCI_MANIFEST, lost, 4).withPlatform(ARM64)), Map.of());
        registry.plant(app, sparse);

        VerificationVerdict verdict = verify(ImageRef.of(app, sparse.digest()), "type: sbom, on: platforms");

        assertThat(verdict.rows()).extracting(Row::digest).containsExactly(lost);
        assertThat(verdict.isPassed()).isFalse();
    }

    @Test
    void countsNoIndexAsAnImageForAPlatform() throws Exception {
        ImageIndex empty = new SampleImages(registry, app).index(List.of());
        ImageIndex forged = forged(empty.descriptor().withPlatform(ARM64));

        VerificationVerdict verdict = verify(
                ImageRef.of(app, forged.digest()),
                new VerificationPolicy(
                        List.of(new TrustRule.Key(SampleKeys.trusted("p256.pub"))),
                        List.of(ARM64),
                        List.of(Requirement.of(EvidenceType.SBOM))));

        assertThat(verdict.rows().get(0))
                .isEqualTo(
                        new Row("linux/arm64", forged.digest(), "image", State.MISSING, "the index does not list it"));
    }

    /** With the evidence of the image for linux/amd64, which is genuine. */
    private ImageIndex forged(Descriptor other) throws InterruptedException {
        attest(AttestationRequest.of(ImageRef.of(app, amd64.digest()), sbom()));
        return new SampleImages(registry, app)
                .index(List.of(amd64.descriptor().withPlatform(Platform.parse("linux/amd64")), other));
    }

    private void attest(AttestationRequest request) throws InterruptedException {
        new Attestations(registry, line -> {}).attest(request, signer);
    }

    private VerificationVerdict verify(String rule) throws InterruptedException {
        return verify(image, rule);
    }

    private VerificationVerdict verify(ImageRef of, String rule) throws InterruptedException {
        String key = new String(SampleKeys.file("p256.pub"), StandardCharsets.US_ASCII).replace("\n", "\\n");
        return verify(of, VerificationPolicy.parse(utf8("trust: [{key: \"" + key + "\"}]\nrequire: [{" + rule + "}]")));
    }

    private VerificationVerdict verify(ImageRef of, VerificationPolicy policy) throws InterruptedException {
        Verifier trusted = policy.verifier(identity -> {
            throw new AssertionError("no identity is trusted here");
        });
        return new ImageVerification(registry, Clock.fixed(NOW, ZoneOffset.UTC)).verify(of, policy, trusted);
    }

    private static Predicate provenance(String builder, String repository, String branch) {
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

    private static Predicate sbom() {
        return Sbom.parse(utf8("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"}"));
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
