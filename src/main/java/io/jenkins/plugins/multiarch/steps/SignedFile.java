package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.Map;

/**
 * A file of a node with what shows who signed it.
 *
 * @param missing what has to be written beside it for that, by path; nothing where all of it lies there
 */
record SignedFile(HashedFile file, Map<String, byte[]> missing) {

    boolean changed() {
        return !missing.isEmpty();
    }

    /** What the log says of it. */
    String line(Signer signer) {
        return "Signed " + Shown.of(file.path()) + " (" + file.digest() + ") with the " + signer.name() + ".";
    }
}
