package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttestVerbTest {
    @TempDir
    private Path folder;

    private FakeRegistry registry;
    private Manifest image;
    private String reference;
    private Path key;
    private Path publicKey;
    private Path predicate;

    @BeforeEach
    void publish() throws IOException {
        registry = FakeRegistry.start();
        image = registry.addImage("acme/app", "1.4", "linux/amd64", "linux/arm64");
        reference = registry.address() + "/acme/app@" + image.digest();
        key = file("release.key", SampleKeys.file("p256.pem"));
        publicKey = file("release.pub", SampleKeys.file("p256.pub"));
        predicate = file("review.json", utf8("{\"by\":\"Zoë\"}"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void attestsAndVerifies() {
        CommandLineRun attested =
                attest("--predicate-type", "https://example.com/review/v1", "--predicate", "" + predicate);
        CommandLineRun verified = verify("--key", publicKey.toString());

        assertThat(attested.code()).as(attested.err()).isZero();
        assertThat(attested.out()).isEqualTo(reference + "\n");
        assertThat(attested.err().lines()).hasSize(4).allMatch(line -> line.startsWith("Put https://"));
        assertThat(verified.code()).as(verified.err()).isZero();
        assertThat(verified.out().lines().map(line -> line.split(" ")[0]))
                .containsExactly("PLATFORM", "index", "linux/amd64", "linux/arm64");
    }

    @Test
    void opensAKeyWithThePasswordInAFile() throws IOException {
        Path cosign = file("cosign.key", SampleKeys.file("cosign.pem"));
        Path password = file("password", utf8("Paßwort\n"));

        CommandLineRun run = CommandLineRun.of(
                "attest", "--image", reference, "--sign", "--key", "" + cosign, "--key-password-file", "" + password);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(verify("--key", "" + file("cosign.pub", SampleKeys.file("cosign.pub")))
                        .code())
                .isZero();
    }

    @Test
    void refusesAnImageWithoutEvidenceAndSaysWhatIsMissing() {
        CommandLineRun run = verify("--key", publicKey.toString(), "--json");

        JsonNode verdict = Json.read(run.bytes(), "the verdict");
        assertThat(run.code()).isEqualTo(1);
        assertThat(verdict.path("passed").asBoolean(true)).isFalse();
        assertThat(verdict.path("evidence").findValuesAsText("state")).containsExactly("missing", "missing", "missing");
        assertThat(run.err()).contains("does not satisfy the policy").endsWith("or release another image.\n");
    }

    @Test
    void holdsAnImageAgainstAPolicy() throws IOException {
        Path sbom = file("sbom.json", utf8("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"}"));
        Path scan = file("scan.json", utf8("{\"SchemaVersion\":2,\"ArtifactName\":\"app\",\"Results\":[]}"));
        for (String platform : List.of("linux/amd64=", "linux/arm64=")) {
            attest("--sbom", platform + sbom, "--scan", platform + scan);
        }
        String policy = "trust:\n  - key: |\n" + Files.readString(publicKey).indent(6)
                + "require:\n  - {type: sbom, on: platforms}\n  - {type: scan, on: platforms, atMost: {high: 0}, maxAge: 1d}\n";

        CommandLineRun run = verify("--policy", "" + file("policy.yaml", utf8(policy)));

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out().lines()).hasSize(5);
    }

    @Test
    void writesASummaryThatCanBeAttestedInItsTurn() throws IOException {
        attest("--sign");
        Path summary = folder.resolve("summary.json");

        CommandLineRun run = verify(
                "--key", publicKey.toString(), "--summary", "" + summary, "--verifier", "https://ci.example.com/");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Json.read(Files.readAllBytes(summary), "the summary")
                        .at("/verifier/id")
                        .asText())
                .isEqualTo("https://ci.example.com/");
        attest("--predicate", "" + summary, "--predicate-type", "https://slsa.dev/verification_summary/v1");
        String policy = "trust:\n  - key: |\n" + Files.readString(publicKey).indent(6)
                + "require:\n  - {type: summary, result: PASSED}\n";
        assertThat(verify("--policy", "" + file("policy.yaml", utf8(policy))).code())
                .isZero();
    }

    @Test
    void cannotVerifyAnIdentityWithoutKnowingWhoseCertificatesCount() throws IOException {
        Path policy = file("policy.yaml", utf8("trust: [{subject: a, issuer: b}]\nrequire: [{type: any}]"));

        CommandLineRun run = verify("--policy", "" + policy);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("The policy trusts an identity, and nothing here knows whose certificates count."
                        + " Give the trusted root of its Sigstore instance, or trust a key instead.\n");
    }

    @Test
    void saysThatAFileIsMissingOrTooLarge() throws IOException {
        CommandLineRun missing = verify("--key", "" + folder.resolve("no.pub"));
        CommandLineRun large = verify("--key", "" + file("large.pub", new byte[(1 << 20) + 1]));

        assertThat(missing.err())
                .isEqualTo("There is no file " + folder.resolve("no.pub") + ". Check its name and folder.\n");
        assertThat(large.err())
                .isEqualTo(folder.resolve("large.pub") + " has more than 1048576 bytes, so it is not what belongs here."
                        + " Check that it is the file you meant.\n");
    }

    @Test
    void wantsAPredicateWithItsType() {
        CommandLineRun run = attest("--predicate", "" + predicate);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("Only one of --predicate and --predicate-type was given. Give the file and the URI of its"
                        + " type.\n");
    }

    @Test
    void signsFiles() throws IOException {
        Path app = file("app.tar", utf8("app"));
        String[] words = {"sign-file", "" + app, "--provenance", "" + predicate, "--key", "" + key};

        CommandLineRun first = CommandLineRun.of(words);
        byte[] lines = Files.readAllBytes(Path.of(app + ".intoto.jsonl"));
        CommandLineRun second = CommandLineRun.of(words);

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).isEqualTo(app + ".sigstore.json\n" + app + ".intoto.jsonl\n");
        assertThat(second.code()).isZero();
        assertThat(Files.readAllBytes(Path.of(app + ".intoto.jsonl"))).isEqualTo(lines);
        assertThat(Files.readString(Path.of(app + ".sigstore.json"))).contains("messageSignature");
        assertThat(first.err()).startsWith("Signed " + app + " (sha256:").endsWith(".\n");
    }

    @Test
    void signsNoFileWhoseSignatureSaysMore() throws IOException {
        Path file = file("app.tar", utf8("DSSEv1 28 application/vnd.in-toto+json 2 {}"));

        CommandLineRun run = CommandLineRun.of("sign-file", "" + file, "--key", "" + key);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("The file holds what is signed of a statement");
        assertThat(Path.of(file + ".sigstore.json")).doesNotExist();
    }

    @Test
    void cosignVerifiesSignedFiles() throws Exception {
        String cosign = RealTools.command("cosign");
        Path app = file("app.tar", utf8("app"));
        CommandLineRun.of("sign-file", "" + app, "--key", "" + key);
        Path root = file(
                "root.json", utf8("{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}"));

        String out = RealTools.run(
                cosign,
                "verify-blob",
                "--new-bundle-format",
                "--trusted-root",
                "" + root,
                "--insecure-ignore-tlog",
                "--key",
                "" + publicKey,
                "--bundle",
                app + ".sigstore.json",
                "" + app);

        assertThat(out).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bundle", "legacy", "both"})
    void writesAScriptThatVerifiesWithCosignAndOras(String format) throws Exception {
        RealTools.require("cosign", "oras");
        Path script = folder.resolve("verify.sh");
        attest(
                "--predicate-type",
                "https://example.com/review/v1",
                "--predicate",
                "" + predicate,
                "--sign",
                "--format",
                format,
                "--verify-script",
                "" + script);

        String out = run(script);

        assertThat(out.lines().filter(line -> line.startsWith("ok ")).count()).isGreaterThanOrEqualTo(7);
        assertThat(out).doesNotContain("FAILED");
    }

    private static String run(Path script) throws Exception {
        List<String> tools = new ArrayList<>();
        for (String tool : List.of("cosign", "oras")) {
            tools.add(Path.of(RealTools.command(tool)).getParent().toString());
        }
        return RealTools.run(
                "env",
                "PATH=" + String.join(":", tools) + ":" + System.getenv("PATH"),
                "COSIGN_FLAGS=--allow-http-registry",
                "ORAS_FLAGS=--plain-http",
                "sh",
                script.toString());
    }

    private CommandLineRun attest(String... more) {
        List<String> words = new ArrayList<>(
                List.of("attest", "--image", registry.address() + "/acme/app:1.4", "--key", key.toString()));
        words.addAll(List.of(more));
        return CommandLineRun.of(words.toArray(String[]::new));
    }

    private CommandLineRun verify(String... more) {
        List<String> words = new ArrayList<>(List.of("verify", "--image", registry.address() + "/acme/app:1.4"));
        words.addAll(List.of(more));
        return CommandLineRun.of(words.toArray(String[]::new));
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
