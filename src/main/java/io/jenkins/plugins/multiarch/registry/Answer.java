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

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new IllegalStateException("closing a response never fails", e);
        }
    }
}
