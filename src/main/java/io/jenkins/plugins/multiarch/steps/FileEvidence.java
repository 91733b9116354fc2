package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.attest.FileSigning;
import io.jenkins.plugins.multiarch.attest.MessageSignature;
import io.jenkins.plugins.multiarch.attest.Predicate;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.StatementLines;
import io.jenkins.plugins.multiarch.attest.Subject;
import io.jenkins.plugins.multiarch.attest.Verification;
import io.jenkins.plugins.multiarch.attest.Verifier;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signs files of a node on the controller, where the key is.
 *
 * <p>All bytes come here to be signed, and not only the digest that the node tells: a digest can be one of anything, also
 * of the bytes that are signed for a statement of which nobody here would know.
 *
 * @param signed whether the files themselves are signed
 * @param said of each of them
 */
record FileEvidence(Signer signer, boolean signed, List<Predicate> said) {

    /**
     * What has to be written beside a file, by path: nothing where all of it lies there.
     *
     * @throws ReleaseException if the content is another than the node told, or in a form whose signature would say more
     */
    Map<String, byte[]> of(HashedFile file, Blob.Source content) throws IOException, InterruptedException {
        Map<String, byte[]> missing = new LinkedHashMap<>();
        Blob blob = Blob.of(file.descriptor(), content);
        if (signed && !isOwn(file, blob)) {
            missing.put(
                    file.bundlePath(),
                    FileSigning.sign(blob, file.path(), signer).toBytes());
        }
        if (!said.isEmpty()) {
            byte[] statements = statements(file);
            if (!Arrays.equals(statements, file.statements())) {
                missing.put(file.statementsPath(), statements);
            }
        }
        return missing;
    }

    /** Whether the bundle that lies there is of this content, and by this signer. */
    private boolean isOwn(HashedFile file, Blob content) throws IOException, InterruptedException {
        Optional<Verifier> own = signer.verifier();
        if (own.isEmpty() || file.bundle().length == 0) {
            return false;
        }
        Bundle bundle;
        try {
            bundle = Bundle.parse(file.bundle());
        } catch (ReleaseException e) {
            return false; // something else, which makes way
        }
        byte[] digest = HexFormat.of().parseHex(content.digest().hex());
        return bundle.content() instanceof MessageSignature signature
                && Arrays.equals(signature.digest(), digest)
                && own.get().verify(bundle, content) instanceof Verification.Verified;
    }

    private byte[] statements(HashedFile file) throws InterruptedException {
        Subject subject = new Subject(file.name(), file.descriptor().digest());
        StatementLines lines = StatementLines.parse(file.statements());
        for (Predicate one : said) {
            lines = lines.with(one.about(List.of(subject)), signer);
        }
        return lines.toBytes();
    }
}
