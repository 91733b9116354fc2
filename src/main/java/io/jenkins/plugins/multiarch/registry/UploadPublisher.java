package io.jenkins.plugins.multiarch.registry;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Feeds a request with the bytes of an {@link Upload}, in buffers larger than the JDK's own publisher uses, and counts
 * them, so that a stalled connection can be told from a slow one.
 */
final class UploadPublisher implements Flow.Publisher<ByteBuffer> {
    private static final Logger LOGGER = Logger.getLogger(UploadPublisher.class.getName());
    private static final int BUFFER = 64 * 1024;

    private final Upload upload;
    private final AtomicLong sent = new AtomicLong();

    UploadPublisher(Upload upload) {
        this.upload = upload;
    }

    /** How many bytes have been handed to the connection. */
    long sent() {
        return sent.get();
    }

    /** Whether there was something to send and all of it has been. */
    boolean isAllSent() {
        return upload.length() > 0 && sent.get() == upload.length();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Feed(subscriber));
    }

    private final class Feed implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final AtomicLong demand = new AtomicLong();
        private InputStream source;
        private long left = upload.length();
        private volatile boolean done;

        Feed(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            if (demand.getAndAdd(n) == 0) {
                feed();
            }
        }

        /** Runs while there is demand; a request made from inside {@code onNext} only adds to it. */
        private void feed() {
            try {
                do {
                    if (!done) {
                        next();
                    }
                } while (demand.decrementAndGet() > 0);
            } catch (IOException | InterruptedException | RuntimeException e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                finish();
                subscriber.onError(e);
            }
        }

        private void next() throws IOException, InterruptedException {
            if (source == null) {
                source = upload.source().open();
                if (done) {
                    source.close();
                    return;
                }
            }
            byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(left, 1))];
            int read = left == 0 ? 0 : source.readNBytes(buffer, 0, buffer.length);
            if (read < buffer.length && read < left) {
                throw new EOFException("the content ended " + (left - read) + " bytes early");
            }
            left -= read;
            upload.progress().accept(sent.addAndGet(read));
            if (read > 0) {
                subscriber.onNext(ByteBuffer.wrap(buffer, 0, read));
            }
            if (left == 0 && !done) {
                finish();
                subscriber.onComplete();
            }
        }

        private void finish() {
            done = true;
            try {
                if (source != null) {
                    source.close();
                }
            } catch (IOException e) {
                LOGGER.log(Level.FINE, "The source of an upload did not close", e);
            }
        }

        @Override
        public void cancel() {
            finish();
        }
    }
}
