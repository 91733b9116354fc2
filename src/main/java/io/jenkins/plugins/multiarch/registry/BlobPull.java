package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;

/** Reads blobs (OCI distribution-spec 1.1, "Pulling blobs"). */
final class BlobPull {
    /** The smallest and the largest slice, in bytes. */
    private static final int MIN_SLICE = 4 << 20;

    private static final int MAX_SLICE = 64 << 20;

    /** How many of the largest slices this Java machine's heap has room for. */
    private static final int SLICES_IN_HEAP = 16;

    private final Transport transport;
    private final Endpoints endpoints;
    private final Progress progress;
    private final int slice;

    BlobPull(Transport transport, Endpoints endpoints, Progress progress, int slice) {
        this.transport = transport;
        this.endpoints = endpoints;
        this.progress = progress;
        this.slice = slice;
    }

    /**
     * How many bytes of a blob to ask for at once without TLS. There the JDK's client reads ahead of a slow reader without
     * any limit of its own (up to three buffers for each that was asked for), so that the limit has to be the answer's
     * length. Each answer costs a round trip.
     *
     * @param heap the most memory there is, in bytes
     */
    static int slice(long heap) {
        return (int) Math.max(MIN_SLICE, Math.min(MAX_SLICE, heap / SLICES_IN_HEAP));
    }

    boolean exists(Repository repository, Digest digest) throws InterruptedException {
        Call call = Call.head(endpoints.of(repository, "blobs/" + digest), Access.to(Action.PULL, repository));
        try (Answer answer = transport.send(call, endpoints.base(repository.registry()))) {
            if (answer.status() == 404) {
                return false;
            }
            if (!answer.isSuccess()) {
                throw transport.refused(call, answer);
            }
            return true;
        }
    }

    InputStream open(Repository repository, Descriptor blob) throws InterruptedException {
        return new VerifiedStream(new ResumedStream(repository, blob), blob, progress);
    }

    InputStream relay(Repository repository, Descriptor blob) throws InterruptedException {
        return new ResumedStream(repository, blob);
    }

    private Call call(Repository repository, Descriptor blob) throws InterruptedException {
        return Call.get(endpoints.of(repository, "blobs/" + blob.digest()), Access.to(Action.PULL, repository));
    }

    /** A blob's bytes, slice by slice, asked for again from where they stopped when the connection breaks. */
    private final class ResumedStream extends InputStream {
        private final Repository repository;
        private final Descriptor blob;
        private Answer answer;
        private long position;
        private boolean sliced;

        /** Where what {@link #answer} brings began. */
        private long start;

        /** What a registry without ranges sends again, and nobody wants to have twice. */
        private long repeated;

        private int failures;
        private volatile boolean closed;

        ResumedStream(Repository repository, Descriptor blob) throws InterruptedException {
            this.repository = repository;
            this.blob = blob;
            Call whole = call(repository, blob);
            this.sliced = blob.size() > slice && !Origin.of(whole.uri()).isSecure();
            ask(sliced ? whole.with("Range", range()) : whole);
        }

        private String range() {
            return "bytes=" + position + "-" + (sliced ? Math.min(position + slice, blob.size()) - 1 : "");
        }

        /** Storage that a registry without TLS sends its clients to may have it, and is not asked again and again. */
        private void ask(Call call) throws InterruptedException {
            answer = answered(call);
            sliced = sliced && !Origin.of(answer.uri()).isSecure();
            start = position;
            repeated = answer.status() == 206 ? 0 : position;
        }

        /** Registries have no slice to give where a blob ends before its descriptor says (RFC 9110, 15.5.17). */
        private Answer answered(Call call) throws InterruptedException {
            try {
                return transport.require(call, endpoints.base(repository.registry()));
            } catch (RegistryException e) {
                throw e.status() == 416 && position < blob.size()
                        ? RegistryErrors.notAsPromised(blob, "fewer bytes than the " + blob.size() + " promised")
                        : e;
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            while (true) {
                try {
                    if (position == blob.size() && failures > 0) {
                        return -1;
                    }
                    answer.body().skipNBytes(repeated);
                    repeated = 0;
                    int read = answer.body().read(target, offset, length);
                    if (read > 0) {
                        position += read;
                        failures = 0;
                    }
                    if (read >= 0 || !isMoreToAsk()) {
                        return read;
                    }
                    askForRest();
                } catch (InterruptedIOException e) {
                    throw e;
                } catch (IOException e) {
                    if (closed) {
                        throw e;
                    }
                    resume(e);
                }
            }
        }

        private void resume(IOException broken) throws IOException {
            try {
                if (++failures >= transport.backoff().attempts()) {
                    throw RegistryErrors.brokenOff(call(repository, blob), position, blob.size(), broken);
                }
                transport.backoff().pause(failures, Duration.ZERO);
                askForRest();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while reading " + blob.digest());
            }
        }

        /** An answer that brought nothing, or was not asked for in part, is the end of what there is. */
        private boolean isMoreToAsk() {
            return answer.status() == 206 && start < position && position < blob.size();
        }

        private void askForRest() throws IOException {
            try {
                answer.close();
                ask(call(repository, blob).with("Range", range()));
                if (closed) {
                    answer.close();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while reading " + blob.digest());
            }
        }

        @Override
        public void close() {
            closed = true;
            answer.close();
        }
    }
}
