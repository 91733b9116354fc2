package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.attest.FileSigning;
import io.jenkins.plugins.multiarch.attest.Predicate;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.StatementLines;
import io.jenkins.plugins.multiarch.attest.Subject;
import io.jenkins.plugins.multiarch.layout.CheckedContent;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
     * What belongs beside a file, by path.
     *
     * @throws io.jenkins.plugins.multiarch.image.ReleaseException if the content is another than the node told, or in a form
     *     whose signature would say more
     */
    Map<String, byte[]> of(HashedFile file, Blob.Source content) throws IOException, InterruptedException {
        Map<String, byte[]> beside = new LinkedHashMap<>();
        if (signed) {
            Blob blob = Blob.of(
                    file.descriptor(), () -> new CheckedContent(content.open(), file.descriptor(), file.path()));
            beside.put(file.bundlePath(), FileSigning.sign(blob, signer).toBytes());
        }
        if (!said.isEmpty()) {
            Subject subject = new Subject(file.name(), file.descriptor().digest());
            StatementLines lines = StatementLines.parse(file.statements());
            for (Predicate one : said) {
                lines = lines.with(one.about(List.of(subject)), signer);
            }
            beside.put(file.statementsPath(), lines.toBytes());
        }
        return beside;
    }
}
