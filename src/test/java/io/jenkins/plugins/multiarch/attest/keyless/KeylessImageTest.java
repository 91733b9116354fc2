package io.jenkins.plugins.multiarch.attest.keyless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.AttestationRequest;
import io.jenkins.plugins.multiarch.attest.Attestations;
import io.jenkins.plugins.multiarch.attest.AttestedImage;
import io.jenkins.plugins.multiarch.attest.Finding;
import io.jenkins.plugins.multiarch.attest.ImageVerification;
import io.jenkins.plugins.multiarch.attest.Predicate;
import io.jenkins.plugins.multiarch.attest.StorageForm;
import io.jenkins.plugins.multiarch.attest.VerificationPolicy;
import io.jenkins.plugins.multiarch.attest.VerificationVerdict;
import io.jenkins.plugins.multiarch.attest.VerifyScript;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.keys.Pem;
import io.jenkins.plugins.multiarch.keys.TrustedKey;
import io.jenkins.plugins.multiarch.keys.X509;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keyless evidence beside an image, from the signer to the policy. */
class KeylessImageTest {
    private static final String REVIEW = "https://example.com/review/v1";

    @TempDir
    Path folder;

    private FakeSigstore sigstore;
    private TrustedRoot root;

    @BeforeEach
    void startsSigstore() throws Exception {
        sigstore = new FakeSigstore();
        root = TrustedRoot.parse(sigstore.trustedRoot());
    }

    @AfterEach
    void stopsSigstore() {
        sigstore.close();
    }

    @ParameterizedTest
    @EnumSource(StorageForm.class)
    void letsAnImageThroughThatTheTrustedIdentityAttested(StorageForm form) throws Exception {
        Registry registry = new InMemoryRegistry();
        ImageRef image = image(registry, Repository.parse("a.example/acme/app"));
        attest(registry, image, form);

        assertThat(verdict(registry, image, FakeSigstore.SUBJECT).isPassed()).isTrue();
        assertThat(verdict(registry, image, "https://jenkins.example.com/job/evil/")
                        .isPassed())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(StorageForm.class)
    void signsNothingTwice(StorageForm form) throws Exception {
        Registry registry = new InMemoryRegistry();
        ImageRef image = image(registry, Repository.parse("a.example/acme/app"));
        attest(registry, image, form);
        int logged = sigstore.rekor1.size();

        AttestedImage again = attest(registry, image, form);

        assertThat(again.changed()).isFalse();
        assertThat(sigstore.rekor1.size()).isEqualTo(logged);
    }

    @Test
    void putsAWholeBundleWhereCosignsTagHasHalfOfOne() throws Exception {
        Registry registry = new InMemoryRegistry();
        ImageRef image = image(registry, Repository.parse("a.example/acme/app"));
        attest(registry, image, StorageForm.LEGACY);

        attest(registry, image, StorageForm.BUNDLE);

        assertThat(new ImageVerification(registry)
                        .findings(
                                image,
                                new KeylessVerifier(
                                        root,
                                        CertificateIdentity.of(FakeSigstore.SUBJECT, "", FakeSigstore.ISSUER, ""))))
                .isNotEmpty()
                .allMatch(Finding.Accepted.class::isInstance);
    }

    @Test
    void cosignTakesTheBundlesInARegistry() throws Exception {
        RealTools.require("cosign", "registry");
        Registry registry = HttpRegistry.builder().build();
        Repository app =
                Repository.parse(RealTools.registry("registry") + "/keyless/" + Long.toString(System.nanoTime(), 36));
        ImageRef image = image(registry, app);
        attest(registry, image, StorageForm.BOTH);
        Path trusted = Files.write(folder.resolve("trusted_root.json"), sigstore.trustedRoot());

        assertThat(askCosign(image, trusted, FakeSigstore.SUBJECT)).contains("payload");
        assertThatThrownBy(() -> askCosign(image, trusted, "https://jenkins.example.com/job/evil/"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("failed to verify certificate identity");
    }

    /** The script knows the digests, so that evidence moved to another image helps nobody. */
    @ParameterizedTest
    @EnumSource(StorageForm.class)
    void itsScriptVerifiesEachDigestWithCosignAndRefusesAnotherIdentity(StorageForm form) throws Exception {
        RealTools.require("cosign", "oras", "registry");
        Registry registry = HttpRegistry.builder().build();
        Repository app =
                Repository.parse(RealTools.registry("registry") + "/keyless/" + Long.toString(System.nanoTime(), 36));
        AttestedImage attested = attest(registry, image(registry, app), form);
        String script = new VerifyScript(attested, signer().trust().orElseThrow()).text();

        String said = runScript(script);

        assertThat(said.lines().filter(line -> line.startsWith("ok ")))
                .hasSize((int) script.lines()
                        .filter(line -> line.startsWith("check '"))
                        .count())
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(said).doesNotContain("FAILED");
        assertThatThrownBy(
                        () -> runScript(script.replace(FakeSigstore.SUBJECT, "https://jenkins.example.com/job/evil/")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("FAILED  " + REVIEW);
    }

    private String runScript(String text) throws Exception {
        Path script = Files.writeString(folder.resolve("verify.sh"), text);
        String path = List.of("cosign", "oras").stream()
                .map(tool -> Path.of(RealTools.command(tool)).getParent() + ":")
                .collect(Collectors.joining());
        return RealTools.run(
                "env",
                "PATH=" + path + System.getenv("PATH"),
                "COSIGN_FLAGS=--allow-http-registry",
                "ORAS_FLAGS=--plain-http",
                "sh",
                script.toString());
    }

    @Test
    void cosignTakesWhatLiesInItsTags() throws Exception {
        RealTools.require("cosign", "registry");
        Registry registry = HttpRegistry.builder().build();
        Repository app =
                Repository.parse(RealTools.registry("registry") + "/keyless/" + Long.toString(System.nanoTime(), 36));
        ImageRef image = image(registry, app);
        attest(registry, image, StorageForm.LEGACY);

        assertThat(askCosignOfOld(image, FakeSigstore.SUBJECT, "verify"))
                .contains(image.requireDigest().toString());
        assertThat(askCosignOfOld(image, FakeSigstore.SUBJECT, "verify-attestation", "--type=" + REVIEW))
                .contains("payload");
        assertThatThrownBy(() -> askCosignOfOld(image, "https://jenkins.example.com/job/evil/", "verify"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("none of the expected identities matched what was in the certificate");
    }

    private String askCosignOfOld(ImageRef image, String subject, String... verb) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "SIGSTORE_ROOT_FILE=" + pem("roots", authority(sigstore.authority)),
                "SIGSTORE_REKOR_PUBLIC_KEY=" + pem("rekor", key(sigstore.rekor1)),
                "SIGSTORE_CT_LOG_PUBLIC_KEY_FILE=" + pem("ct", key(sigstore.certificateLog)),
                RealTools.command("cosign")));
        command.addAll(List.of(verb));
        command.addAll(List.of(
                "--certificate-identity=" + subject,
                "--certificate-oidc-issuer=" + FakeSigstore.ISSUER,
                "--timestamp-certificate-chain="
                        + pem(
                                "tsa",
                                Pem.ofCertificate(X509.encoded(sigstore.timestampCertificate))
                                        + authority(sigstore.timestampIssuer)),
                "--allow-http-registry",
                image.toString()));
        return RealTools.run(command.toArray(String[]::new));
    }

    private Path pem(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name + ".pem"), text);
    }

    private static String authority(FakeAuthority authority) {
        return Pem.ofCertificate(X509.encoded(authority.issuer())) + Pem.ofCertificate(X509.encoded(authority.root()));
    }

    private static String key(FakeLog log) {
        return new TrustedKey(log.key.getPublic()).toPem();
    }

    private String askCosign(ImageRef image, Path trusted, String subject) throws Exception {
        return RealTools.run(
                "env",
                "SIGSTORE_ROOT_FILE=" + pem("roots", authority(sigstore.authority)), // or it asks for the public one's
                "SIGSTORE_REKOR_PUBLIC_KEY=" + pem("rekor", key(sigstore.rekor1)),
                "SIGSTORE_CT_LOG_PUBLIC_KEY_FILE=" + pem("ct", key(sigstore.certificateLog)),
                RealTools.command("cosign"),
                "verify-attestation",
                "--new-bundle-format",
                "--trusted-root=" + trusted,
                "--certificate-identity=" + subject,
                "--certificate-oidc-issuer=" + FakeSigstore.ISSUER,
                "--use-signed-timestamps",
                "--type=" + REVIEW,
                "--allow-http-registry",
                image.toString());
    }

    private AttestedImage attest(Registry registry, ImageRef image, StorageForm form) throws Exception {
        Predicate review = new Predicate(REVIEW, "{\"by\":\"Zoë\"}".getBytes(StandardCharsets.UTF_8));
        return new Attestations(registry, line -> {})
                .attest(AttestationRequest.of(image, review).with(form).withSignature(), signer());
    }

    private KeylessSigner signer() {
        return new KeylessSigner(
                IdentityToken.parse(FakeSigstore.token()),
                sigstore.services(),
                root,
                HttpClient.newBuilder(),
                line -> {});
    }

    private VerificationVerdict verdict(Registry registry, ImageRef image, String subject) throws Exception {
        VerificationPolicy policy = VerificationPolicy.parse(
                """
                trust:
                  - {subject: %s, issuer: %s}
                require:
                  - {type: %s, maxAge: 1h}
                """.formatted(subject, FakeSigstore.ISSUER, REVIEW).getBytes(StandardCharsets.UTF_8));
        return new ImageVerification(registry).verify(image, policy, policy.verifier(KeylessVerifier.trusting(root)));
    }

    private static ImageRef image(Registry registry, Repository repository) throws Exception {
        SampleImages images = new SampleImages(registry, repository);
        ImageIndex index = images.index(images.image("linux/amd64", "a"), images.image("linux/arm64", "b"));
        return ImageRef.of(repository, index.digest());
    }
}
