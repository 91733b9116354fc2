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

    private final Signer signer = new KeySigner(SampleKeys.p256());
    private final KeyVerifier verifier = new KeyVerifier(SampleKeys.trusted("p256.pub"));
    private final Registry none = HttpRegistry.builder().build();

    @TempDir
    private Path workspace;

    private HashedFile hashed(String path) throws IOException {
        return new HashFilesTask(new ArrayList<>(List.of(path)))
                .run(none, Optional.of(workspace), line -> {})
                .get(0);
    }

    private Map<String, byte[]> sign(HashedFile file, byte[] content) throws Exception {
        return new FileEvidence(signer, true, List.of(BUILT)).of(file, () -> new ByteArrayInputStream(content));
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

        byte[] first = sign(hashed("app.tar"), APP).get("app.tar.intoto.jsonl");
        new WriteFilesTask(new LinkedHashMap<>(Map.of("app.tar.intoto.jsonl", first)))
                .run(none, Optional.of(workspace), line -> {});
        byte[] second = sign(hashed("app.tar"), APP).get("app.tar.intoto.jsonl");

        assertThat(first).asString(StandardCharsets.UTF_8).startsWith("somebody's\n{");
        assertThat(second).isEqualTo(first);
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
        assertThat(new HashedFile("build\\app.tar", "", 0, new byte[0]).name()).isEqualTo("app.tar");
        assertThat(new HashedFile("app.tar", "", 0, new byte[0]).name()).isEqualTo("app.tar");
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
