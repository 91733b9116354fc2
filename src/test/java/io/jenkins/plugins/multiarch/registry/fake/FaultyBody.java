package io.jenkins.plugins.multiarch.registry.fake;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Bodies that are not what they should be. */
final class FaultyBody {
    private static final int BUFFER = 1 << 14;

    private FaultyBody() {}

    static Body corrupted(Body body) {
        long at = body.length() / 2;
        return new Body(
                body.length(),
                out -> body.writer().writeTo(new Counting(out) {
                    @Override
                    void pass(byte[] bytes, int from, int count) throws IOException {
                        byte[] copy = Arrays.copyOfRange(bytes, from, from + count);
                        if (written() <= at && at < written() + count) {
                            copy[(int) (at - written())] ^= 1;
                        }
                        out.write(copy);
                    }
                }));
    }

    static Body truncated(Body body, int bytes) {
        return new Body(
                bytes,
                out -> body.writer().writeTo(new Limited(out, bytes) {
                    @Override
                    void spent() {}
                }));
    }

    static Body cut(Body body, int bytes) {
        return new Body(
                body.length(),
                out -> body.writer().writeTo(new Limited(out, bytes) {
                    @Override
                    void spent() throws IOException {
                        throw new IOException("cut on purpose");
                    }
                }));
    }

    static Body stalled(Body body, int bytes, Request request) {
        return new Body(
                body.length(),
                out -> body.writer().writeTo(new Limited(out, bytes) {
                    @Override
                    void spent() throws IOException {
                        try {
                            request.hang();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        throw new IOException("stalled on purpose");
                    }
                }));
    }

    static Body slow(Body body, int piece, long pauseMillis) {
        return new Body(
                body.length(),
                out -> body.writer().writeTo(new Counting(out) {
                    @Override
                    void pass(byte[] bytes, int from, int count) throws IOException {
                        for (int at = 0; at < count; at += piece) {
                            pause(pauseMillis);
                            out.write(bytes, from + at, Math.min(piece, count - at));
                            out.flush();
                        }
                    }
                }));
    }

    private static void pause(long millis) throws InterruptedIOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the registry is closed");
        }
    }

    static Body endless(Body body) {
        return new Body(Body.UNKNOWN, out -> {
            body.writer().writeTo(out);
            byte[] spaces = spaces(BUFFER);
            while (true) {
                out.write(spaces);
            }
        });
    }

    static Body padded(Body body, long length) {
        return new Body(length, out -> {
            body.writer().writeTo(out);
            for (long left = length - body.length(); left > 0; left -= BUFFER) {
                out.write(spaces((int) Math.min(left, BUFFER)));
            }
        });
    }

    private static byte[] spaces(int count) {
        byte[] all = new byte[count];
        Arrays.fill(all, (byte) ' ');
        return all;
    }

    /** Hands blocks on and knows how many bytes have gone before. */
    private abstract static class Counting extends FilterOutputStream {
        private long written;

        Counting(OutputStream out) {
            super(out);
        }

        long written() {
            return written;
        }

        abstract void pass(byte[] bytes, int from, int count) throws IOException;

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            pass(bytes, from, count);
            written += count;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }
    }

    /** Hands on so many bytes and no more. */
    private abstract static class Limited extends Counting {
        private final int limit;

        Limited(OutputStream out, int limit) {
            super(out);
            this.limit = limit;
        }

        abstract void spent() throws IOException;

        @Override
        void pass(byte[] bytes, int from, int count) throws IOException {
            int rest = (int) Math.max(0, Math.min(count, limit - written()));
            out.write(bytes, from, rest);
            if (rest < count) {
                out.flush();
                spent();
            }
        }
    }
}
