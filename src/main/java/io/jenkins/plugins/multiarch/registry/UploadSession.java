package io.jenkins.plugins.multiarch.registry;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** One upload of one blob, from the address the registry opened for it to the digest that closes it. */
final class UploadSession {
    private static final String BYTES = "application/octet-stream";
    /** The largest chunk held in memory, in bytes. */
    private static final int MAX_CHUNK = 32 * 1024 * 1024;

    private static final String MIN_CHUNK = "OCI-Chunk-Min-Length";

    private final Transport transport;
    private final Access access;
    private final URI base;
    private final int minChunk;
    private URI location;

    private UploadSession(Transport transport, Access access, URI base, URI location, int minChunk) {
        this.transport = transport;
        this.access = access;
        this.base = base;
        this.location = location;
        this.minChunk = minChunk;
    }

    static UploadSession started(Transport transport, Access access, URI base, Call start, Answer answer) {
        long minChunk = answer.number(MIN_CHUNK).orElse(0);
        if (minChunk > MAX_CHUNK) {
            throw RegistryErrors.unusable(
                    start,
                    "the wish for chunks of " + minChunk + " bytes",
                    "Ask whoever runs the registry to take chunks of " + MAX_CHUNK + " bytes or fewer.");
        }
        return new UploadSession(transport, access, base, location(start, answer), (int) minChunk);
    }

    /** Sends all of it in one request. */
    void send(Blob blob, Progress progress) throws InterruptedException {
        Upload body = new Upload(blob::open, blob.size(), sent -> progress.moved(blob.descriptor(), sent));
        close(blob, body);
    }

    /** Sends it piece by piece; only one piece is held in memory. */
    void sendInChunks(Blob blob, int chunkSize, Progress progress) throws InterruptedException {
        byte[] chunk = new byte[(int) Math.min(Math.max(chunkSize, minChunk), blob.size())];
        try (InputStream content = blob.open()) {
            for (long position = 0; position < blob.size(); ) {
                int read = content.readNBytes(chunk, 0, (int) Math.min(chunk.length, blob.size() - position));
                if (read == 0) {
                    throw new EOFException("the content ended " + (blob.size() - position) + " bytes early");
                }
                patch(Upload.of(chunk, read), position);
                position += read;
                progress.moved(blob.descriptor(), position);
            }
        } catch (InterruptedIOException e) {
            throw Registry.interrupted(e);
        } catch (IOException e) {
            throw RegistryErrors.noAnswer(Call.patch(location, access, Upload.NOTHING), e);
        }
        close(blob, Upload.NOTHING);
    }

    /** Gives the session up; a registry that does not care to hear of it forgets it by itself. */
    void cancel() throws InterruptedException {
        transport.send(Call.delete(location, access).once(), base).close();
    }

    private void patch(Upload chunk, long position) throws InterruptedException {
        Call call = Call.patch(location, access, chunk)
                .with("Content-Type", BYTES)
                .with("Content-Range", position + "-" + (position + chunk.length() - 1))
                .once();
        try (Answer answer = transport.require(call, base)) {
            location = location(call, answer);
        }
    }

    private void close(Blob blob, Upload body) throws InterruptedException {
        String separator = location.getRawQuery() == null ? "?" : "&";
        URI target = URI.create(location + separator + "digest=" + blob.digest());
        Call call = new Call("PUT", target, Map.of("Content-Type", BYTES), Optional.of(body), access, false);
        transport.require(call, base).close();
    }

    private static URI location(Call call, Answer answer) {
        return call.target(answer.header("Location").orElse(""));
    }
}
