package io.jenkins.plugins.multiarch.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/** What came back: status, headers, and a body that is still on its way. */
record Answer(int status, HttpHeaders headers, InputStream body, URI uri) implements AutoCloseable {

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    List<String> all(String name) {
        return headers.allValues(name);
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /**
     * The whole body.
     *
     * @param limit in bytes; a longer body is refused as soon as it is seen to be longer
     */
    byte[] bytes(int limit) throws IOException {
        byte[] content = body.readNBytes(limit + 1);
        if (content.length > limit) {
            throw new TooLongException(limit);
        }
        return content;
    }

    /** As much of the body as fits, for a message. */
    byte[] start(int limit) throws IOException {
        return body.readNBytes(limit);
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new IllegalStateException("closing a response never fails", e);
        }
    }

    /** A body longer than anything honest. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(int limit) {
            super("the answer is longer than " + limit + " bytes");
        }
    }
}
