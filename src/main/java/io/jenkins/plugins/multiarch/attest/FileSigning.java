package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.layout.CheckedContent;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.io.InputStream;

/**
 * Signs files, but for those whose signature would be one of something else too: the bytes that are signed for a statement
 * (DSSE v1, "PAE") or for an image (cosign's simple signing) can be put into a file by whoever makes the file.
 */
public final class FileSigning {
    private FileSigning() {}

    /**
     * Signs a file, which is read once.
     *
     * @param file with the digest and size that it was found to have
     * @param name names it in refusals
     * @throws io.jenkins.plugins.multiarch.image.ReleaseException if it has other content by now, or holds a statement or an
     *     image's name in the form in which these are signed
     */
    public static Bundle sign(Blob file, String name, Signer signer) throws IOException, InterruptedException {
        return signer.sign(Blob.of(
                file.descriptor(), () -> new FileContent(new CheckedContent(file.open(), file.descriptor(), name))));
    }

    /** A file that is read before, for the same refusal; it says nothing of what is signed later. */
    public static InputStream checked(InputStream file) {
        return new FileContent(file);
    }
}
