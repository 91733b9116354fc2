package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stores blobs: by mounting what another repository of the registry has, in one request where the registry takes it,
 * else in chunks (OCI distribution-spec 1.1, "Pushing Blobs"). An upload that breaks starts over as a new session.
 */
final class BlobPush {
    private static final Logger LOGGER = Logger.getLogger(BlobPush.class.getName());

    /** The chunk used where a registry refuses a body for its size, in bytes. */
    private static final int FALLBACK_CHUNK = 8 * 1024 * 1024;

    /** What a registry says of an upload that it has lost, or lost count of. */
    private static final Set<String> FORGOTTEN = Set.of("BLOB_UPLOAD_UNKNOWN", "BLOB_UPLOAD_INVALID");

    private final Transport transport;
    private final Endpoints endpoints;
    private final BlobPull blobs;
    private final Progress progress;
    private final int chunk;

    /** @param chunk the size of chunks in bytes, or 0 to send each blob in one request */
    BlobPush(Transport transport, Endpoints endpoints, BlobPull blobs, Progress progress, int chunk) {
        this.transport = transport;
        this.endpoints = endpoints;
        this.blobs = blobs;
        this.progress = progress;
        this.chunk = chunk;
    }

    void push(Repository repository, Blob blob) throws InterruptedException {
        if (!blobs.exists(repository, blob.digest())) {
            pushNew(repository, blob);
        }
    }

    /** After an upload that broke the registry may have the blob all the same. */
    void pushNew(Repository repository, Blob blob) throws InterruptedException {
        int size = chunk;
        for (int attempt = 1; attempt == 1 || !blobs.exists(repository, blob.digest()); attempt++) {
            try {
                upload(repository, blob, size);
                return;
            } catch (RegistryException e) {
                boolean tooLong = e.status() == 413 && size == 0;
                boolean again = e.isRetryable() || FORGOTTEN.contains(e.code());
                if (!tooLong && (!again || attempt >= transport.backoff().attempts())) {
                    throw e;
                }
                size = tooLong ? FALLBACK_CHUNK : size;
                transport.backoff().pause(attempt, Duration.ZERO);
            }
        }
    }

    boolean mount(Repository target, Digest digest, Repository source) throws InterruptedException {
        Call call = Call.post(
                endpoints.of(target, "blobs/uploads/?mount=" + digest + "&from=" + source.path()),
                Access.toMount(target, source));
        try (Answer answer = transport.send(call, endpoints.base(target.registry()))) {
            if (answer.status() == 202) {
                cancel(target, call, answer);
            }
            return answer.status() == 201;
        }
    }

    /** A registry that would not mount has opened an upload instead; it is polite, and no more, to say that none comes. */
    private void cancel(Repository target, Call call, Answer answer) throws InterruptedException {
        try {
            session(target, call, answer).cancel();
        } catch (RegistryException e) {
            LOGGER.log(Level.FINE, "An upload that was not asked for stays open", e);
        }
    }

    private void upload(Repository repository, Blob blob, int chunkSize) throws InterruptedException {
        Call start = Call.post(endpoints.of(repository, "blobs/uploads/"), Access.to(Action.PUSH, repository));
        UploadSession session;
        try (Answer answer = transport.require(start, endpoints.base(repository.registry()))) {
            session = session(repository, start, answer);
        }
        if (chunkSize == 0) {
            session.send(blob, progress);
        } else {
            session.sendInChunks(blob, chunkSize, progress);
        }
    }

    private UploadSession session(Repository repository, Call start, Answer answer) throws InterruptedException {
        URI base = endpoints.base(repository.registry());
        return UploadSession.started(transport, Access.to(Action.PUSH, repository), base, start, answer);
    }
}
