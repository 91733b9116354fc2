package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.PrivateKeys;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether cosign takes what we sign, and refuses what was changed. */
class AttestationsWithCosignTest {
    private static final String REVIEW = "https://example.com/review/v1";
    private static final String NONE_OF_THE_KEY = "accepted signatures do not match threshold";

    @TempDir
    Path folder;

    private Registry registry;
    private Repository app;
    private ImageIndex index;

    @BeforeEach
    void pushAnImage() throws Exception {
        RealTools.require("cosign", "registry");
        registry = HttpRegistry.builder().build();
        app = Repository.parse(RealTools.registry("registry") + "/attest/" + Long.toString(System.nanoTime(), 36));
        SampleImages images = new SampleImages(registry, app);
        index = images.index(images.image("linux/amd64", "a"), images.image("linux/arm64", "b"));
        images.tag("1.0", index);
    }

    @ParameterizedTest
    @CsvSource({
        "p256.pem, p256.pub",
        "p384-sec1.pem, p384.pub",
        "ed25519.pem, ed25519.pub",
        "rsa.pem, rsa.pub",
    })
    void takesWhatEveryKindOfKeySigns(String secret, String known) throws Exception {
        attest(new KeySigner(PrivateKeys.read(SampleKeys.file(secret), SampleKeys.NONE)), StorageForm.BOTH);
        Path key = write(known, SampleKeys.file(known));

        for (Digest digest : digests()) {
            verifyBundle(key, digest);
            verifyAttestation(key, digest);
            cosign("verify", key, digest);
        }
    }

    @Test
    void refusesAnotherKeyAndAnotherType() throws Exception {
        attest(new KeySigner(SampleKeys.p256()), StorageForm.BOTH);
        Path other = write("other.pub", SampleKeys.file("p384.pub"));
        Path key = write("key.pub", SampleKeys.file("p256.pub"));

        refuses(() -> verifyAttestation(other, index.digest()), NONE_OF_THE_KEY);
        refuses(() -> cosign("verify", other, index.digest()), "no matching signatures: invalid signature");
        refuses(() -> verifyBundle(other, index.digest()), NONE_OF_THE_KEY);
        refuses(
                () -> cosign("verify-attestation", key, index.digest(), "--type", "https://example.com/x"),
                "none of the attestations matched the predicate type");
    }

    /** What somebody who may write to the repository could try. */
    @ParameterizedTest
    @ValueSource(strings = {"payload", "signature", "type"})
    void refusesABundleOfWhichAByteWasChanged(String part) throws Exception {
        Path key = write("key.pub", SampleKeys.file("p256.pub"));
        Bundle good = signed(index.digest());

        refer(Bundle.of(changed(good, part), good.material()), index);

        refuses(() -> verifyBundle(key, index.digest()), "could not verify envelope: " + NONE_OF_THE_KEY);
        assertThat(findings()).isNotEmpty().noneMatch(finding -> finding instanceof Finding.Accepted);
    }

    @Test
    void refusesABundleAboutAnotherImage() throws Exception {
        Path key = write("key.pub", SampleKeys.file("p256.pub"));
        Descriptor child = index.manifests().get(0);

        refer(signed(child.digest()), index);

        refuses(
                () -> verifyBundle(key, index.digest()),
                "provided artifact digest does not match any digest in statement");
    }

    /** The same where cosign 2 looks. */
    @ParameterizedTest
    @CsvSource({"payload, " + NONE_OF_THE_KEY, "signature, " + NONE_OF_THE_KEY, "type, invalid payloadType"})
    void refusesAnEnvelopeInItsTagOfWhichAByteWasChanged(String part, String words) throws Exception {
        Path key = write("key.pub", SampleKeys.file("p256.pub"));
        Bundle good = signed(index.digest());
        CosignTags tags = new CosignTags(registry, app, Backoff.DEFAULT);
        Tag tag = CosignTags.tag(index.digest(), CosignTags.ATTESTATIONS);
        Map<String, String> annotations =
                Map.of(CosignAnnotations.PREDICATE_TYPE, REVIEW, CosignAnnotations.SIGNATURE, "");

        tags.add(tag, changed(good, part).toBytes(), CosignTags.DSSE, annotations);

        refuses(() -> verifyAttestation(key, index.digest()), words);
        assertThat(findings()).isNotEmpty().noneMatch(finding -> finding instanceof Finding.Accepted);

        tags.add(tag, ((Envelope) good.content()).toBytes(), CosignTags.DSSE, annotations);

        assertThat(verifyAttestation(key, index.digest())).contains("payload");
    }

    @ParameterizedTest
    @CsvSource({"cosign.pem, Paßwort, cosign.pub", "cosign-empty-password.pem, '', cosign-empty-password.pub"})
    void takesWhatCosignSignsAndAttests(String secret, String password, String known) throws Exception {
        Path key = write(secret, SampleKeys.file(secret));
        Path predicate = write("predicate.json", "{\"by\":\"Zoë\"}".getBytes(StandardCharsets.UTF_8));
        signWithCosign(password, "sign", "--recursive", "--key", key.toString());
        signWithCosign(
                password, "attest", "--key", key.toString(), "--type", REVIEW, "--predicate", predicate.toString());
        signWithCosign(
                password,
                "attest",
                "--new-bundle-format",
                "--key",
                key.toString(),
                "--type",
                REVIEW + "/bundle",
                "--predicate",
                predicate.toString());

        List<Finding> found = new ImageVerification(registry)
                .findings(ImageRef.of(app, index.digest()), new KeyVerifier(SampleKeys.trusted(known)));

        assertThat(found.stream()
                        .map(one -> ((Finding.Accepted) one).statement().predicateType()))
                .containsExactlyInAnyOrder(
                        REVIEW,
                        REVIEW + "/bundle",
                        PredicateTypes.COSIGN_SIGNATURE,
                        PredicateTypes.COSIGN_SIGNATURE,
                        PredicateTypes.COSIGN_SIGNATURE);
    }

    @Test
    void orasListsAndCopiesTheEvidence() throws Exception {
        String oras = RealTools.command("oras");
        attest(new KeySigner(SampleKeys.p256()), StorageForm.BUNDLE);
        Repository mirror = Repository.parse(app + "/mirror");

        String listed = RealTools.run(oras, "discover", "--plain-http", "--format", "json", app + "@" + index.digest());
        RealTools.run(oras, "cp", "-r", "--from-plain-http", "--to-plain-http", app + ":1.0", mirror + ":1.0");

        assertThat(listed).contains(Bundle.MEDIA_TYPE, REVIEW);
        assertThat(new ImageVerification(registry)
                        .findings(ImageRef.of(mirror, index.digest()), new KeyVerifier(SampleKeys.trusted("p256.pub"))))
                .filteredOn(finding -> finding instanceof Finding.Accepted)
                .hasSizeGreaterThanOrEqualTo(3);
    }

    private Bundle signed(Digest about) throws InterruptedException {
        return new KeySigner(SampleKeys.p256())
                .attest(new Predicate(REVIEW, "{}".getBytes(StandardCharsets.UTF_8)).about(List.of(Subject.of(about))));
    }

    private static Envelope changed(Bundle good, String part) {
        Envelope envelope = (Envelope) good.content();
        byte[] payload = envelope.payload();
        byte[] signature = envelope.signatures().get(0).signature();
        (part.equals("payload") ? payload : signature)[40] ^= part.equals("type") ? 0 : 1;
        String type = part.equals("type") ? "application/vnd.in-toto+jsoN" : envelope.payloadType();
        return new Envelope(type, payload, List.of(new EnvelopeSignature("", signature)));
    }

    private List<Finding> findings() throws InterruptedException {
        return new ImageVerification(registry)
                .findings(ImageRef.of(app, index.digest()), new KeyVerifier(SampleKeys.trusted("p256.pub")));
    }

    private static void refuses(ThrowingCallable cosign, String words) {
        assertThatThrownBy(cosign).isInstanceOf(AssertionError.class).hasMessageContaining(words);
    }

    private void refer(Bundle bundle, ImageIndex subject) throws InterruptedException {
        BundleReferrers referrers = new BundleReferrers(registry, app, Clock.systemUTC());
        try (WorkPool pool = new WorkPool()) {
            referrers.push(Map.of(bundle, true), pool);
        }
        referrers.refer(bundle, REVIEW, subject.descriptor());
    }

    private void signWithCosign(String password, String verb, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "COSIGN_PASSWORD=" + password,
                RealTools.command("cosign"),
                verb,
                "--tlog-upload=false",
                "--allow-http-registry",
                "--yes"));
        command.addAll(List.of(options));
        command.add(app + "@" + index.digest());
        RealTools.run(command.toArray(String[]::new));
    }

    private void verifyBundle(Path key, Digest digest) throws Exception {
        verifyAttestation(
                key,
                digest,
                "--new-bundle-format",
                "--trusted-root",
                emptyRoot().toString());
    }

    private List<Digest> digests() {
        List<Digest> all = new ArrayList<>(List.of(index.digest()));
        index.manifests().stream().map(Descriptor::digest).forEach(all::add);
        return all;
    }

    private AttestedImage attest(Signer signer, StorageForm form) throws InterruptedException {
        Predicate review = new Predicate(REVIEW, "{\"by\":\"Zoë\"}".getBytes(StandardCharsets.UTF_8));
        return new Attestations(registry, line -> {})
                .attest(
                        AttestationRequest.of(ImageRef.of(app, index.digest()), review)
                                .with(form)
                                .withSignature(),
                        signer);
    }

    private String verifyAttestation(Path key, Digest digest, String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of("--type", REVIEW));
        options.addAll(List.of(more));
        return cosign("verify-attestation", key, digest, options.toArray(String[]::new));
    }

    private String cosign(String verb, Path key, Digest digest, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                RealTools.command("cosign"),
                verb,
                "--key",
                key.toString(),
                "--insecure-ignore-tlog",
                "--allow-http-registry"));
        command.addAll(List.of(options));
        command.add(app + "@" + digest);
        return RealTools.run(command.toArray(String[]::new));
    }

    /** cosign wants a trusted root for bundles, also where a key alone decides, and would fetch one. */
    private Path emptyRoot() throws IOException {
        String json = "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}";
        return write("root.json", json.getBytes(StandardCharsets.UTF_8));
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }
}
