package io.jenkins.plugins.multiarch.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A response's body as a stream that gives up on a stalled connection, when its reader is interrupted, and when somebody
 * else closes it. The JDK's own stream does not on Java 17: its time limit ends with the headers.
 *
 * <p>The client hands the stream out before it subscribes it, so either may come first.
 */
final class BodyStream extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
    /** How many of the client's buffers (16 KiB each) may wait for the reader. */
    private static final int WINDOW = 64;

    private final Duration stallLimit;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private Flow.Subscription subscription;
    private boolean closed;
    private List<ByteBuffer> buffers = List.of();
    private int position;
    private Event end;

    /** What the connection has to say: more bytes, or that it is over, well or badly. */
    private record Event(List<ByteBuffer> buffers, boolean last, IOException failure) {}

    BodyStream(Duration stallLimit) {
        this.stallLimit = stallLimit;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel();
        } else {
            given.request(WINDOW);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        events.add(new Event(item, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        ended(failure instanceof IOException io ? io : new IOException(failure));
    }

    @Override
    public void onComplete() {
        ended(null);
    }

    private void ended(IOException failure) {
        events.add(new Event(List.of(), true, failure));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position >= buffers.size() || !buffers.get(position).hasRemaining()) {
            if (++position >= buffers.size() && !advance()) {
                return -1;
            }
        }
        ByteBuffer current = buffers.get(position);
        int count = Math.min(length, current.remaining());
        current.get(target, offset, count);
        return count;
    }

    private boolean advance() throws IOException {
        if (end == null) {
            Event event = next();
            if (!event.last()) {
                askForMore();
                buffers = event.buffers();
                position = 0;
                return true;
            }
            end = event;
            buffers = List.of();
        }
        if (end.failure() != null) {
            throw end.failure();
        }
        return false;
    }

    private Event next() throws IOException {
        try {
            Event event = events.poll(stallLimit.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                giveUp();
                throw new HttpTimeoutException("nothing came for " + stallLimit.toSeconds() + " s");
            }
            return event;
        } catch (InterruptedException e) {
            giveUp();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading");
        }
    }

    private synchronized void askForMore() {
        if (!closed) {
            subscription.request(1);
        }
    }

    private synchronized void giveUp() {
        closed = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    /** Gives the connection up, which does nothing to one whose body has come to its end, and wakes a waiting reader. */
    @Override
    public void close() {
        giveUp();
        ended(new IOException("closed"));
    }
}
