package io.jenkins.plugins.multiarch.build;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * Compresses with gzip (RFC 1952) on several processors. The stream is cut every {@value #CHUNK} bytes, whatever the number of
 * processors, so that the same bytes give the same result on every machine. No time and no name are written.
 *
 * <p>The result is taken by a thread of its own: whoever hashes it there and what is written here has both done at once.
 */
public final class GzipOutput extends OutputStream {
    private static final int CHUNK = 1 << 20;

    /** The most processors used; each takes a few MB. */
    private static final int MAX_PROCESSORS = 8;

    private static final byte UNKNOWN_SYSTEM = (byte) 255;
    private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, UNKNOWN_SYSTEM};
    private static final byte[] LAST_BLOCK = {3, 0};

    private final Sink sink;
    private final int processors = Math.min(MAX_PROCESSORS, Runtime.getRuntime().availableProcessors());
    private final ExecutorService workers = threads(processors, "layer compression");
    private final ExecutorService writer = threads(1, "layer writing");

    /** Chunks on their way, the oldest first. Each gives its buffer back when it is written. */
    private final Deque<Future<byte[]>> waiting = new ArrayDeque<>();

    private final CRC32 checksum = new CRC32();
    private byte[] chunk = new byte[CHUNK];
    private int length;
    private long total;
    private boolean closed;

    /** Takes the compressed bytes piece by piece, in their order, by one thread at a time. */
    @FunctionalInterface
    interface Sink {

        /** @param piece may be kept, as nobody changes it any more */
        void add(byte[] piece) throws IOException;
    }

    /** Writes to a stream, which stays open. */
    public GzipOutput(OutputStream out) throws IOException {
        this((Sink) out::write);
    }

    GzipOutput(Sink sink) throws IOException {
        this.sink = sink;
        sink.add(HEADER);
    }

    private static ExecutorService threads(int count, String name) {
        return Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int from, int count) throws IOException {
        checksum.update(buffer, from, count);
        total += count;
        int done = 0;
        while (done < count) {
            int part = Math.min(count - done, CHUNK - length);
            System.arraycopy(buffer, from + done, chunk, length, part);
            length += part;
            done += part;
            if (length == CHUNK) {
                submit();
            }
        }
    }

    private void submit() throws IOException {
        byte[] full = chunk;
        int count = length;
        Future<byte[]> compressed = workers.submit(() -> new Deflate().compress(full, count));
        waiting.add(writer.submit(() -> {
            sink.add(compressed.get());
            return full;
        }));
        chunk = waiting.size() > processors + 1 ? written(waiting.remove()) : new byte[CHUNK];
        length = 0;
    }

    private static byte[] written(Future<byte[]> chunk) throws IOException {
        try {
            return chunk.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while compressing").initCause(e);
        } catch (ExecutionException e) {
            Throwable cause = e;
            while (cause instanceof ExecutionException) {
                cause = cause.getCause();
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof IOException failure ? failure : new IOException("compressing failed", cause);
        }
    }

    /** Writes what is left. The sink gets nothing any more once this has returned or failed. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (length > 0) {
                submit();
            }
            while (!waiting.isEmpty()) {
                written(waiting.remove());
            }
            sink.add(LAST_BLOCK);
            sink.add(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) checksum.getValue())
                    .putInt((int) total)
                    .array());
        } finally {
            stop();
        }
    }

    private void stop() {
        workers.shutdownNow();
        writer.shutdownNow();
        boolean interrupted = false;
        while (!writer.isTerminated()) {
            try {
                writer.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
