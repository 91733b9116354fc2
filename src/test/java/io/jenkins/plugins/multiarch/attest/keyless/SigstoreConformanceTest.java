package io.jenkins.plugins.multiarch.attest.keyless;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.attest.Envelope;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.attest.Verification;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The verdicts that the suite sigstore/sigstore-conformance wants of a client, for all that it says of certificates. */
class SigstoreConformanceTest {
    private static final String SUBJECT =
            "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/"
                    + ".github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";

    @TestFactory
    List<DynamicTest> agreesWithTheSuite() throws IOException {
        Path cases = Path.of(RealTools.command("sigstore-conformance")).resolve("test/assets/bundle-verify");
        try (Stream<Path> folders = Files.list(cases)) {
            return folders.filter(folder -> Files.exists(folder.resolve("bundle.sigstore.json")))
                    .filter(folder -> !Files.exists(folder.resolve("key.pub")))
                    .sorted()
                    .map(folder -> DynamicTest.dynamicTest(name(folder), () -> agrees(folder)))
                    .toList();
        }
    }

    private static void agrees(Path folder) throws IOException, InterruptedException {
        String refusal = refusal(folder);

        assertThat(!refusal.isEmpty()).as(refusal).isEqualTo(name(folder).endsWith("fail"));
    }

    /** Why it is refused; empty if it is not. */
    private static String refusal(Path folder) throws IOException, InterruptedException {
        Path own = folder.resolve("artifact");
        byte[] artifact = Files.readAllBytes(Files.exists(own) ? own : folder.resolveSibling("a.txt"));
        try {
            Bundle bundle = Bundle.parse(Files.readAllBytes(folder.resolve("bundle.sigstore.json")));
            KeylessVerifier verifier = new KeylessVerifier(
                    root(folder),
                    CertificateIdentity.of(
                            text(folder.resolve("identity"), SUBJECT),
                            "",
                            text(folder.resolve("issuer"), Samples.ISSUER),
                            ""));
            Verification verification;
            if (bundle.content() instanceof Envelope envelope) {
                verification = verifier.verify(bundle);
                if (!Statement.parse(envelope.payload()).isAbout(Digest.sha256(artifact))) {
                    return "about something else";
                }
            } else {
                verification = verifier.verify(bundle, Blob.of("text/plain", artifact));
            }
            return verification instanceof Verification.Refused refused ? refused.reason() : "";
        } catch (ReleaseException e) {
            return e.getMessage();
        }
    }

    private static TrustedRoot root(Path folder) throws IOException {
        Path own = folder.resolve("trusted_root.json");
        return Files.exists(own) ? TrustedRoot.parse(Files.readAllBytes(own)) : Samples.trustedRoot();
    }

    private static String text(Path file, String otherwise) throws IOException {
        return Files.exists(file) ? Files.readString(file).strip() : otherwise;
    }

    private static String name(Path folder) {
        return folder.getFileName().toString();
    }
}
