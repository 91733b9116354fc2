package io.jenkins.plugins.multiarch.build;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;

/**
 * Compresses with gzip (RFC 1952) on several processors. The stream is cut every {@value #CHUNK} bytes, whatever the number of
 * processors, so that the same bytes give the same result on every machine. No time and no name are written.
 */
public final class GzipOutput extends OutputStream {
    private static final int CHUNK = 1 << 20;

    /** The most processors used; each takes a few MB. */
    private static final int MAX_PROCESSORS = 8;

    private static final byte UNKNOWN_SYSTEM = (byte) 255;
    private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, UNKNOWN_SYSTEM};
    private static final byte[] LAST_BLOCK = {3, 0};

    private final OutputStream out;
    private final int processors = Math.min(MAX_PROCESSORS, Runtime.getRuntime().availableProcessors());
    private final ExecutorService workers;
    private final Deque<Future<byte[]>> waiting = new ArrayDeque<>();
    private final Deque<byte[]> free = new ArrayDeque<>();
    private final CRC32 checksum = new CRC32();
    private byte[] chunk = new byte[CHUNK];
    private int length;
    private long total;
    private boolean closed;

    public GzipOutput(OutputStream out) throws IOException {
        this.out = out;
        this.workers = Executors.newFixedThreadPool(processors, task -> {
            Thread thread = new Thread(task, "layer compression");
            thread.setDaemon(true);
            return thread;
        });
        out.write(HEADER);
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
        waiting.add(workers.submit(() -> {
            byte[] compressed = new Deflate().compress(full, count);
            synchronized (free) {
                free.add(full);
            }
            return compressed;
        }));
        while (waiting.size() > processors) {
            writeNext();
        }
        synchronized (free) {
            chunk = free.isEmpty() ? new byte[CHUNK] : free.pop();
        }
        length = 0;
    }

    private void writeNext() throws IOException {
        try {
            out.write(waiting.remove().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while compressing").initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IOException("compressing failed", e.getCause());
        }
    }

    /** Writes what is left, and closes what it is written to. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (OutputStream closing = out) {
            if (length > 0) {
                submit();
            }
            while (!waiting.isEmpty()) {
                writeNext();
            }
            closing.write(LAST_BLOCK);
            writeInt((int) checksum.getValue());
            writeInt((int) total);
        } finally {
            workers.shutdownNow();
        }
    }

    private void writeInt(int value) throws IOException {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(value >>> shift);
        }
    }
}
