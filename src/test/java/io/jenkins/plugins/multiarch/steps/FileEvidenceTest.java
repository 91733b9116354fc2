package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.attest.Envelope;
import io.jenkins.plugins.multiarch.attest.KeySigner;
import io.jenkins.plugins.multiarch.attest.KeyVerifier;
import io.jenkins.plugins.multiarch.attest.Predicate;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.attest.Subject;
import io.jenkins.plugins.multiarch.attest.Verification;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.keys.SigningKey;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEvidenceTest {
    private static final byte[] APP = "what was built".getBytes(StandardCharsets.UTF_8);
    private static final Predicate BUILT =
            new Predicate("https://example.com/built/v1", "{}".getBytes(StandardCharsets.UTF_8));

    private static final byte[] NONE = new byte[0];

    private final Signer signer = new KeySigner(SampleKeys.p256());
    private final KeyVerifier verifier = new KeyVerifier(SampleKeys.trusted("p256.pub"));
    private final Registry none = HttpRegistry.builder().build();

    @TempDir
    private Path workspace;

    private HashedFile hashed(String path) throws IOException {
        return new HashFilesTask(new ArrayList<>(List.of(path)), false)
                .run(none, Optional.of(workspace), line -> {})
                .get(0);
    }

    private Map<String, byte[]> sign(HashedFile file, byte[] content) throws Exception {
        return new FileEvidence(signer, true, List.of(BUILT)).of(file, () -> new ByteArrayInputStream(content));
    }

    private void write(Map<String, byte[]> beside) throws IOException {
        new WriteFilesTask(new LinkedHashMap<>(beside)).run(none, Optional.of(workspace), line -> {});
    }

    @Test
    void signsAFileAndSaysWhatIsKnownOfIt() throws Exception {
        Files.createDirectory(workspace.resolve("build"));
        Files.write(workspace.resolve("build/app.tar"), APP);

        Map<String, byte[]> beside = sign(hashed("build/app.tar"), APP);

        assertThat(beside).containsOnlyKeys("build/app.tar.sigstore.json", "build/app.tar.intoto.jsonl");
        Bundle bundle = Bundle.parse(beside.get("build/app.tar.sigstore.json"));
        assertThat(verifier.verify(bundle, Blob.of("text/plain", APP))).isInstanceOf(Verification.Verified.class);
        Envelope envelope = Envelope.parse(beside.get("build/app.tar.intoto.jsonl"));
        Statement statement = Statement.parse(envelope.payload());
        assertThat(verifier.verify(signer.attest(statement))).isInstanceOf(Verification.Verified.class);
        assertThat(statement.subjects()).containsExactly(new Subject("app.tar", Digest.sha256(APP)));
        assertThat(statement.predicateType()).isEqualTo(BUILT.type());
    }

    @Test
    void keepsTheStatementsThatStandThere() throws Exception {
        Files.write(workspace.resolve("app.tar"), APP);
        Files.writeString(workspace.resolve("app.tar.intoto.jsonl"), "somebody's\n");

        byte[] statements = sign(hashed("app.tar"), APP).get("app.tar.intoto.jsonl");

        assertThat(statements).asString(StandardCharsets.UTF_8).startsWith("somebody's\n{");
    }

    @Test
    void writesNothingTheSecondTime() throws Exception {
        Files.write(workspace.resolve("app.tar"), APP);
        write(sign(hashed("app.tar"), APP));

        Map<String, byte[]> again = sign(hashed("app.tar"), APP);

        assertThat(again).isEmpty();
    }

    @Test
    void signsAgainWhatHasAnotherContentNow() throws Exception {
        Files.write(workspace.resolve("app.tar"), APP);
        write(sign(hashed("app.tar"), APP));
        byte[] other = "what was built next".getBytes(StandardCharsets.UTF_8);
        Files.write(workspace.resolve("app.tar"), other);

        Map<String, byte[]> again = sign(hashed("app.tar"), other);

        assertThat(again).containsOnlyKeys("app.tar.sigstore.json", "app.tar.intoto.jsonl");
        assertThat(verifier.verify(Bundle.parse(again.get("app.tar.sigstore.json")), Blob.of("text/plain", other)))
                .isInstanceOf(Verification.Verified.class);
    }

    /** A bundle that names the digest and is signed by somebody else, and what is no bundle at all. */
    @Test
    void keepsNoSignatureThatIsNotItsOwn() throws Exception {
        Files.write(workspace.resolve("app.tar"), APP);
        Bundle foreign = new KeySigner(SigningKey.generate()).sign(Blob.of("text/plain", APP));
        for (byte[] there : List.of(foreign.toBytes(), "{}".getBytes(StandardCharsets.UTF_8))) {
            Files.write(workspace.resolve("app.tar.sigstore.json"), there);

            Map<String, byte[]> beside = sign(hashed("app.tar"), APP);

            assertThat(verifier.verify(Bundle.parse(beside.get("app.tar.sigstore.json")), Blob.of("text/plain", APP)))
                    .isInstanceOf(Verification.Verified.class);
        }
    }

    @Test
    void signsNothingElseThanWhatWasHashed() throws Exception {
        Files.write(workspace.resolve("app.tar"), APP);
        HashedFile file = hashed("app.tar");
        byte[] other = "what was build".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> sign(file, other))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining(" in app.tar has other content, which has the digest " + Digest.sha256(other));
    }

    /** An agent that is asked for a digest alone could give that of a statement, and have provenance of its own. */
    @Test
    void signsNoStatementThatANodeMadeOfAFile() throws Exception {
        byte[] forged = Envelope.pae(Statement.PAYLOAD_TYPE, APP);
        Files.write(workspace.resolve("app.tar"), forged);
        HashedFile file = hashed("app.tar");

        assertThatThrownBy(() -> sign(file, forged))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("The file holds what is signed of a statement");
    }

    @Test
    void namesAFileAlikeOnAllSystems() {
        assertThat(new HashedFile("build\\app.tar", "", 0, NONE, NONE).name()).isEqualTo("app.tar");
        assertThat(new HashedFile("app.tar", "", 0, NONE, NONE).name()).isEqualTo("app.tar");
    }

    @Test
    void writesNothingOutsideTheWorkspace() throws IOException {
        Files.createSymbolicLink(workspace.resolve("app.tar.sigstore.json"), Path.of("/etc/hostname"));
        WriteFilesTask task = new WriteFilesTask(new LinkedHashMap<>(Map.of("app.tar.sigstore.json", new byte[0])));

        assertThatThrownBy(() -> task.run(none, Optional.of(workspace), line -> {}))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("which is outside the workspace");
    }
}
