package io.jenkins.plugins.multiarch.layout;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** A blob being read. What is left of it when the last byte is asked for has to have its digest. */
public final class CheckedContent extends FilterInputStream {
    private final Descriptor blob;
    private final String where;
    private final MessageDigest hasher;
    private long read;
    private boolean checked;

    /** @param where names the place of the blob in the refusal */
    public CheckedContent(InputStream in, Descriptor blob, String where) {
        super(in);
        this.blob = blob;
        this.where = where;
        this.hasher = blob.digest().hasher();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = in.read(buffer, from, length);
        if (count > 0) {
            hasher.update(buffer, from, count);
            read += count;
        }
        if (read > blob.size() || (count < 0 && read < blob.size())) {
            throw damaged("another size than the " + blob.size() + " bytes that are said");
        }
        if (read == blob.size() && !checked) {
            checkDigest();
        }
        return count;
    }

    private void checkDigest() {
        checked = true;
        Digest found = Digest.finish(blob.digest().algorithm(), hasher.digest());
        if (!found.equals(blob.digest())) {
            throw damaged("other content, which has the digest " + found);
        }
    }

    private ReleaseException damaged(String reason) {
        return new ReleaseException(
                blob.digest() + " in " + where + " has " + reason + ".",
                "Do not use it; it was changed or damaged after it was written. Make it again.");
    }

    @Override
    public long skip(long bytes) throws IOException {
        byte[] buffer = new byte[(int) Math.min(bytes, 1 << 16)];
        long skipped = 0;
        while (skipped < bytes) {
            int count = read(buffer, 0, (int) Math.min(buffer.length, bytes - skipped));
            if (count <= 0) {
                break;
            }
            skipped += count;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
