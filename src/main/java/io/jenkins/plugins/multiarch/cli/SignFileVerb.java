package io.jenkins.plugins.multiarch.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.attest.FileSigning;
import io.jenkins.plugins.multiarch.attest.KeySigner;
import io.jenkins.plugins.multiarch.attest.Predicate;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.StatementLines;
import io.jenkins.plugins.multiarch.attest.Subject;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Signs files. */
@Command(
        name = "sign-file",
        header = "Signs files, and statements about them.",
        description =
                "Writes FILE.sigstore.json beside each, which 'cosign verify-blob --bundle' reads, and its statements"
                        + " into FILE.intoto.jsonl. Prints the names of what it wrote.",
        footer = "  multiarch-release sign-file app.tar install.sh --provenance provenance.json --key release.key")
final class SignFileVerb extends Verb {
    private static final int MAX_LINES = 64 * 1024 * 1024;
    private static final int CHUNK = 1 << 16;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files to sign.")
    private List<Path> files;

    @Mixin
    private PredicateOptions predicates;

    @Mixin
    private KeyOptions key;

    SignFileVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        List<Predicate> claims = predicates.read();
        Signer signer = new KeySigner(key.signingKey());
        List<Blob> blobs = new ArrayList<>();
        for (Path file : files) {
            blobs.add(blob(file));
        }
        List<String> written = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            written.addAll(sign(files.get(i), blobs.get(i), claims, signer));
        }
        print(() -> json(written), () -> String.join("\n", written));
    }

    private static ObjectNode json(List<String> written) {
        ObjectNode json = Json.object();
        written.forEach(json.putArray("files")::add);
        return json;
    }

    private List<String> sign(Path file, Blob blob, List<Predicate> claims, Signer signer)
            throws IOException, InterruptedException {
        List<String> written = new ArrayList<>();
        Path bundle = Path.of(file + ".sigstore.json");
        Files.write(bundle, FileSigning.sign(blob, file.toString(), signer).toBytes());
        written.add(bundle.toString());
        if (!claims.isEmpty()) {
            Path beside = Path.of(file + ".intoto.jsonl");
            StatementLines lines = Files.exists(beside)
                    ? StatementLines.parse(BoundedFile.read(beside, MAX_LINES))
                    : StatementLines.empty();
            List<Subject> subjects = List.of(new Subject(file.getFileName().toString(), blob.digest()));
            for (Predicate claim : claims) {
                lines = lines.with(claim.about(subjects), signer);
            }
            Files.write(beside, lines.toBytes());
            written.add(beside.toString());
        }
        log().accept("Signed " + file + " (" + blob.digest() + ") with the " + signer.name() + ".");
        return written;
    }

    private static Blob blob(Path file) throws IOException {
        MessageDigest hasher = Digest.hasher("sha256");
        long size = 0;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                hasher.update(chunk, 0, read);
                size += read;
            }
        } catch (NoSuchFileException e) {
            throw new ReleaseException("There is no file " + file + ".", "Check its name and folder.");
        }
        Digest digest = Digest.finish("sha256", hasher.digest());
        return Blob.of(Descriptor.of("application/octet-stream", digest, size), file);
    }
}
