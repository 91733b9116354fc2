package io.jenkins.plugins.multiarch.registry.fake;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** An HTTP server on a free port of the loopback interface. */
final class Server implements AutoCloseable {
    private static final int BACKLOG = 512;

    static {
        // Read once, when the first HttpServer of this Java machine is made. Without the first, every answer with a
        // body waits 40 ms for a delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final AccessLog log = new AccessLog();
    private final Gate gate = new Gate();
    private final String scheme;
    private final String host;

    private Server(HttpServer server, String scheme, String host) {
        this.server = server;
        this.scheme = scheme;
        this.host = host;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread =
                    new Thread(task, "fake-registry-" + server.getAddress().getPort());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts a server that is addressed as {@code 127.0.0.1} or {@code localhost}, whichever is given. */
    static Server start(String host, Optional<SSLContext> tls, Handler handler) throws IOException {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        HttpServer http = tls.isPresent() ? HttpsServer.create(free, BACKLOG) : HttpServer.create(free, BACKLOG);
        tls.ifPresent(context -> ((HttpsServer) http).setHttpsConfigurator(new HttpsConfigurator(context)));
        Server server = new Server(http, tls.isPresent() ? "https" : "http", host);
        http.setExecutor(server.threads);
        http.createContext("/", exchange -> server.serve(exchange, handler));
        http.start();
        return server;
    }

    /** Host and port. */
    String address() {
        return host + ":" + server.getAddress().getPort();
    }

    String origin() {
        return scheme + "://" + address();
    }

    AccessLog log() {
        return log;
    }

    /** Blocks until a request hangs. */
    void awaitHanging() throws InterruptedException {
        gate.awaitArrival();
    }

    /** Lets go every request that hangs now. */
    void release() {
        gate.open();
    }

    /** A failure on the way out is thrown on: the server then cuts the connection instead of ending the answer. */
    private void serve(HttpExchange exchange, Handler handler) throws IOException {
        Request request = new Request(exchange, origin(), gate);
        Response response = answer(request, handler);
        log.add(request, response.status());
        if (response.isDropped()) {
            throw new IOException("dropped on purpose");
        }
        send(exchange, response);
        exchange.close();
    }

    private static Response answer(Request request, Handler handler) throws IOException {
        try {
            return handler.answer(request);
        } catch (Refused e) {
            request.drain();
            return e.response();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Response.DROPPED;
        } catch (RuntimeException e) {
            return Response.error(500, "UNKNOWN", e.toString());
        }
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        response.headers().forEach(header -> headers.add(header.getKey(), header.getValue()));
        Body body = response.body();
        if (exchange.getRequestMethod().equals("HEAD")) {
            if (body.length() != Body.UNKNOWN) {
                headers.set("Content-Length", Long.toString(body.length()));
            }
            exchange.sendResponseHeaders(response.status(), -1);
        } else if (body.length() == 0) {
            exchange.sendResponseHeaders(response.status(), -1);
        } else {
            exchange.sendResponseHeaders(response.status(), body.length() == Body.UNKNOWN ? 0 : body.length());
            OutputStream out = exchange.getResponseBody();
            body.writer().writeTo(out);
            out.close();
        }
    }

    @Override
    public void close() {
        gate.open();
        server.stop(0);
        threads.shutdownNow();
    }
}
