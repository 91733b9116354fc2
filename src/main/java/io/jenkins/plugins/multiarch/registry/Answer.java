package io.jenkins.plugins.multiarch.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What came back: status, headers, and a body that is still on its way. */
record Answer(int status, HttpHeaders headers, InputStream body, URI uri) implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Answer.class.getName());

    /** The longest rest of an answer that is read only to be dropped, in bytes; past that a new connection costs less. */
    private static final int MAX_DROPPED = 64 * 1024;

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    List<String> all(String name) {
        return headers.allValues(name);
    }

    /** A header that is a number; nothing where it is none. */
    OptionalLong number(String name) {
        return header(name)
                .filter(value -> value.matches("[0-9]{1,18}"))
                .map(value -> OptionalLong.of(Long.parseLong(value)))
                .orElse(OptionalLong.empty());
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The whole body, which was {@linkplain Transport#load loaded} within its limit. */
    byte[] bytes() {
        try {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("a body in memory can always be read", e);
        }
    }

    /** As much of the body as fits, for a message. */
    byte[] start(int limit) throws IOException {
        return body.readNBytes(limit);
    }

    /** What else is said is read and dropped, if it is short, so that the connection can be used again. */
    void drop() {
        try {
            body.readNBytes(MAX_DROPPED);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The rest of an answer did not come", e);
        }
    }

    /** Drops what else a refusal says. */
    @Override
    public void close() {
        try (body) {
            if (!isSuccess()) {
                drop();
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "An answer could not be closed", e);
        }
    }
}
