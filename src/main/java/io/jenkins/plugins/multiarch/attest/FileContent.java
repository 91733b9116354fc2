package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The bytes of a file on their way to be signed, looked at as they pass, so that none can be changed in between. */
final class FileContent extends FilterInputStream {
    private static final byte[] ENVELOPE = "DSSEv1 ".getBytes(StandardCharsets.US_ASCII);
    /** The field in which simple signing names an image; readers in Go take it in any case. */
    private static final String NAMES_AN_IMAGE = "critical";

    private final TopLevelNames names = new TopLevelNames();
    private int matching;
    private boolean begun;

    FileContent(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        for (int i = 0; i < count; i++) {
            look(into[offset + i]);
        }
        return count;
    }

    private void look(byte next) {
        if (!begun) {
            begun = next != ENVELOPE[matching];
            if (!begun && ++matching == ENVELOPE.length) {
                throw refused("of a statement");
            }
        }
        if (names.next(next).filter(NAMES_AN_IMAGE::equalsIgnoreCase).isPresent()) {
            throw refused("of an image");
        }
        if (names.isWide()) {
            throw new ReleaseException(
                    "The file is a JSON object in UTF-16 or UTF-32, in which some readers could find what is signed of an"
                            + " image.",
                    "Write it in UTF-8, or sign an archive that holds it.");
        }
    }

    private static ReleaseException refused(String what) {
        return new ReleaseException(
                "The file holds what is signed " + what + ", so that its signature would be one " + what + ".",
                "Attest with attest what it says, or sign an archive that holds it.");
    }
}
