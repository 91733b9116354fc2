package io.jenkins.plugins.multiarch.bench;

import io.jenkins.plugins.multiarch.attest.AttestationRequest;
import io.jenkins.plugins.multiarch.attest.Attestations;
import io.jenkins.plugins.multiarch.attest.ImageVerification;
import io.jenkins.plugins.multiarch.attest.KeySigner;
import io.jenkins.plugins.multiarch.attest.Predicate;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.StorageForm;
import io.jenkins.plugins.multiarch.attest.VerificationPolicy;
import io.jenkins.plugins.multiarch.attest.keyless.KeylessVerifier;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.PrivateKeys;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Evidence put beside images, and looked at. */
final class Evidence {
    private static final String REVIEW = "https://example.com/review/v1";
    private static final int STATEMENTS = 2_000;
    private static final int WARM_UP = 200;

    private final Path folder;
    private final Peers peers = new Peers();
    private final Registry registry = HttpRegistry.builder().build();
    private final Repository run =
            new Repository(RealTools.registry("registry"), "bench-evidence-" + System.nanoTime());
    private final Predicate review = predicate(REVIEW);

    Evidence(Path folder) {
        this.folder = folder;
    }

    private static Predicate predicate(String type) {
        return new Predicate(type, "{\"by\":\"ada\"}".getBytes(StandardCharsets.UTF_8));
    }

    List<Comparison> comparisons() {
        Signer plain = new KeySigner(SampleKeys.p256());
        return Stream.of(
                        new Comparison(
                                "attestation of two platforms",
                                "cosign attest, of one digest",
                                0.3,
                                n -> images("plain-", n),
                                n -> attest(image("plain-ours-" + n), plain),
                                n -> peers.cosignAttest(
                                        keyOfCosign(), predicateFile(), REVIEW, image("plain-theirs-" + n))),
                        new Comparison(
                                "the same, opening cosign's encrypted key each time",
                                "cosign attest, of one digest",
                                0,
                                n -> images("opened-", n),
                                n -> attest(
                                        image("opened-ours-" + n),
                                        new KeySigner(
                                                PrivateKeys.read(Files.readAllBytes(keyOfCosign()), SampleKeys.NONE))),
                                n -> peers.cosignAttest(
                                        keyOfCosign(), predicateFile(), REVIEW, image("opened-theirs-" + n))),
                        verification(
                                "verification that two platforms with 8 attestations and their index have one type",
                                0.5,
                                plain,
                                requiring(REVIEW)),
                        verification(
                                "the same, of whatever type, each of the 8 read",
                                0,
                                plain,
                                VerificationPolicy.of(SampleKeys.trusted("p256.pub"))))
                .map(comparison -> comparison.warmedUp(WARM_UP))
                .toList();
    }

    private Comparison verification(String name, double target, Signer signer, VerificationPolicy policy) {
        String prefix = "verified-" + policy.digest().toString().substring(7, 15) + "-";
        return new Comparison(
                name,
                "cosign verify-attestation, of one digest",
                target,
                n -> evidence(image(prefix + n), signer),
                n -> verify(image(prefix + n), policy),
                n -> peers.cosignVerify(publicKey(), trustedRoot(), REVIEW, image(prefix + n)));
    }

    private static VerificationPolicy requiring(String type) {
        String key = SampleKeys.trusted("p256.pub").toPem().indent(6);
        return VerificationPolicy.parse(
                ("trust:\n  - key: |\n" + key + "require:\n  - type: " + type + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void images(String prefix, int round) throws Exception {
        push(image(prefix + "ours-" + round));
        push(image(prefix + "theirs-" + round));
    }

    private void push(ImageRef image) throws Exception {
        Material.twoPlatforms(registry, image, List.of(new Material(folder).blob(1, image.hashCode())));
    }

    /** Two beside the index and each platform's image, one of a platform, and the list of the index: 8. */
    private void evidence(ImageRef image, Signer signer) throws Exception {
        push(image);
        new Attestations(registry, line -> {})
                .attest(
                        new AttestationRequest(
                                image,
                                List.of(review, predicate("https://example.com/audit/v1")),
                                Map.of(Platform.parse("linux/arm64"), List.of(predicate("https://example.com/arm/v1"))),
                                false,
                                StorageForm.BUNDLE),
                        signer);
    }

    private void attest(ImageRef image, Signer signer) throws InterruptedException {
        new Attestations(registry, line -> {}).attest(AttestationRequest.of(image, review), signer);
    }

    private void verify(ImageRef image, VerificationPolicy policy) throws InterruptedException {
        new ImageVerification(registry)
                .verify(image, policy, policy.verifier(KeylessVerifier.trustingNobody()))
                .refuseUnlessPassed();
    }

    private ImageRef image(String name) {
        return ImageRef.of(new Repository(run.registry(), run.path() + "/" + name), new Tag("1"));
    }

    private Path keyOfCosign() throws Exception {
        return file("cosign.key", SampleKeys.file("cosign-empty-password.pem"));
    }

    private Path publicKey() throws Exception {
        return file("release.pub", SampleKeys.file("p256.pub"));
    }

    private Path predicateFile() throws Exception {
        return file("predicate.json", "{\"by\":\"ada\"}".getBytes(StandardCharsets.UTF_8));
    }

    /** cosign wants one for bundles, also where a key alone decides, and would fetch it. */
    private Path trustedRoot() throws Exception {
        return file(
                "root.json",
                "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}"
                        .getBytes(StandardCharsets.UTF_8));
    }

    private Path file(String name, byte[] content) throws Exception {
        Path file = folder.resolve(name);
        return Files.exists(file) ? file : Files.write(file, content);
    }

    /** How many statements one thread signs in a second, warm. */
    static String signing() throws InterruptedException {
        Signer signer = new KeySigner(SampleKeys.p256());
        byte[] payload = new byte[2_000];
        long nanoseconds = 0;
        for (int round = 0; round < 2; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < STATEMENTS; i++) {
                signer.attest("application/vnd.in-toto+json", payload);
            }
            nanoseconds = System.nanoTime() - start;
        }
        return String.format(
                Locale.ROOT,
                "Statements signed by one thread with P-256: %.0f a second.",
                STATEMENTS * 1e9 / nanoseconds);
    }
}
