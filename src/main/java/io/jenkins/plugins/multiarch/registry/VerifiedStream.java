package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Content whose last byte is only handed out where all of it has the digest and size that were promised. */
final class VerifiedStream extends FilterInputStream {
    private final Descriptor promised;
    private final Progress progress;
    private final MessageDigest hasher;
    private long count;
    private boolean verified;

    VerifiedStream(InputStream source, Descriptor promised, Progress progress) {
        super(source);
        this.promised = promised;
        this.progress = progress;
        this.hasher = promised.digest().hasher();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        if (read < 0) {
            verify();
            return -1;
        }
        hasher.update(target, offset, read);
        count += read;
        if (count > promised.size()) {
            throw RegistryErrors.notAsPromised(promised, "more than the " + promised.size() + " bytes promised");
        }
        if (count == promised.size()) {
            verify();
        }
        progress.moved(promised, count);
        return read;
    }

    private void verify() {
        if (verified) {
            return;
        }
        if (count != promised.size()) {
            throw RegistryErrors.notAsPromised(promised, count + " bytes instead of " + promised.size());
        }
        Digest found = Digest.finish(promised.digest().algorithm(), hasher.digest());
        if (!found.equals(promised.digest())) {
            throw RegistryErrors.notAsPromised(promised, "the digest " + found);
        }
        verified = true;
    }

    @Override
    public long skip(long n) throws IOException {
        return readNBytes((int) Math.min(n, 8192)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
