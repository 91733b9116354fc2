package io.jenkins.plugins.multiarch.registry.fake;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** A request as handlers see it. */
final class Request {
    private final HttpExchange exchange;
    private final Query query;
    private final String origin;
    private final Gate gate;

    Request(HttpExchange exchange, String origin, Gate gate) {
        this.exchange = exchange;
        this.query = Query.parse(exchange.getRequestURI().getRawQuery());
        this.origin = origin;
        this.gate = gate;
    }

    String method() {
        return exchange.getRequestMethod();
    }

    boolean isRead() {
        return method().equals("GET") || method().equals("HEAD");
    }

    String path() {
        return exchange.getRequestURI().getPath();
    }

    /** As it was sent, encoded. */
    String rawPath() {
        return exchange.getRequestURI().getRawPath();
    }

    String rawQuery() {
        return Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    }

    Query query() {
        return query;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** All values of a header that is a list, in one. */
    String joined(String name) {
        List<String> values = exchange.getRequestHeaders().getOrDefault(name, List.of());
        return String.join(",", values);
    }

    /** The scheme of the Authorization header such as {@code Bearer}, or empty. */
    String authorizationScheme() {
        return header("Authorization").map(value -> value.split(" ", 2)[0]).orElse("");
    }

    /** The client's port. */
    int connection() {
        return exchange.getRemoteAddress().getPort();
    }

    InputStream body() {
        return exchange.getRequestBody();
    }

    void drain() throws IOException {
        body().transferTo(OutputStream.nullOutputStream());
    }

    /** Scheme, host and port this registry is asked at. */
    String origin() {
        return origin;
    }

    /** Blocks until the registry is closed or lets hanging requests go. */
    void hang() throws InterruptedException {
        gate.await();
    }
}
