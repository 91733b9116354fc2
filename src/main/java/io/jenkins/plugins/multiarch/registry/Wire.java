package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one request when its turn has come and waits for the headers of its answer: no authorisation, no redirect, no
 * second try.
 *
 * <p>HTTP/1.1 only: without it the JDK's client asks plain servers for an upgrade, and its HTTP/2 windows make large
 * blobs slow.
 */
final class Wire {
    private static final String USER_AGENT = "multiarch-release";

    private final HttpClient client;
    private final TimeLimits limits;
    private final RequestBudget budget;

    Wire(HttpClient client, TimeLimits limits, RequestBudget budget) {
        this.client = client;
        this.limits = limits;
        this.budget = budget;
    }

    Answer send(Call call, Optional<String> authorization) throws IOException, InterruptedException {
        Optional<UploadPublisher> upload = call.body().map(UploadPublisher::new);
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .method(call.method(), publisher(call, upload))
                .header("User-Agent", USER_AGENT);
        call.headers().forEach(request::header);
        authorization.ifPresent(value -> request.header("Authorization", value));
        budget.awaitTurn();
        HttpResponse<InputStream> response =
                await(client.sendAsync(request.build(), info -> new BodyStream(limits.silence())), upload);
        return new Answer(response.statusCode(), response.headers(), response.body(), call.uri());
    }

    private static HttpRequest.BodyPublisher publisher(Call call, Optional<UploadPublisher> upload) {
        long length = call.body().map(Upload::length).orElse(0L);
        return length == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.fromPublisher(upload.orElseThrow(), length);
    }

    /** Waits as long as something moves: the limit starts again with every piece of the body that is sent. */
    private <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> pending, Optional<UploadPublisher> upload)
            throws IOException, InterruptedException {
        long seen = 0;
        while (true) {
            Duration limit = upload.filter(UploadPublisher::isAllSent).isPresent() ? limits.commit() : limits.silence();
            try {
                return pending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long sent = upload.map(UploadPublisher::sent).orElse(0L);
                if (sent == seen) {
                    pending.cancel(true);
                    throw new HttpTimeoutException("no answer within " + limit.toSeconds() + " s");
                }
                seen = sent;
            } catch (InterruptedException e) {
                pending.cancel(true);
                throw e;
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            }
        }
    }

    /** A body that is itself read from a registry fails in its own words, however deep the client wraps them. */
    private static IOException failure(Throwable cause) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof ReleaseException refusal) {
                throw refusal;
            }
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }
}
