package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the APIs that providers have beside their registries, over the same connections, certificates, proxies and budget:
 * made by {@link HttpRegistry#api()}.
 *
 * <p>A request goes to its own address and nowhere else: no redirect is followed. Its credential goes out over https alone,
 * or to where plain http was asked for.
 */
public final class ApiClient {
    /** The longest answer that is read, in bytes. */
    static final int MAX_ANSWER = 16 << 20;

    /** The longest wait that an API may ask for; where it asks for more the request fails and says until when. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Wire wire;
    private final Endpoints endpoints;
    private final Backoff backoff;
    private final Waiter waiter;
    private final InstantSource clock;

    ApiClient(Wire wire, Endpoints endpoints, Backoff backoff) {
        this(wire, endpoints, backoff, Waiter.CLOCK, InstantSource.system());
    }

    ApiClient(Wire wire, Endpoints endpoints, Backoff backoff, Waiter waiter, InstantSource clock) {
        this.wire = wire;
        this.endpoints = endpoints;
        this.backoff = backoff;
        this.waiter = waiter;
        this.clock = clock;
    }

    /** Where a registry ({@code host:port}) is asked: scheme and host, without a path. */
    public URI origin(String registry) throws InterruptedException {
        return endpoints.base(registry);
    }

    /**
     * Sends a request, again after failures that pass and when the API wants to be left alone for a while.
     *
     * @return whatever is answered but a redirect, and that it was asked too often
     * @throws RegistryException for those two, where there is no answer, and where it is longer than 16 MiB
     */
    public ApiAnswer send(ApiRequest request) throws InterruptedException {
        if (!endpoints.mayBeTrusted(request.uri())) {
            throw new ReleaseException(
                    "The API at " + request.uri().getAuthority() + " is not encrypted.",
                    "Write its address with https, or name its host as one that is reached by plain http.");
        }
        Call call = request.call();
        try {
            return repeated(request, call);
        } catch (InterruptedIOException e) {
            throw Registry.interrupted(e);
        } catch (IOException e) {
            throw RegistryErrors.noAnswer(call, e);
        }
    }

    private ApiAnswer repeated(ApiRequest request, Call call) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt >= backoff.attempts();
            Duration asked = Duration.ZERO;
            try {
                ApiAnswer answer = sent(request, call);
                ApiLimit limit = ApiLimit.of(answer, clock.instant());
                boolean tooLong = limit.pause().compareTo(LONGEST) > 0;
                if (limit.reached() && (last || tooLong)) {
                    throw limitReached(answer, limit);
                }
                boolean passing = request.repeatable() && Backoff.isTemporary(answer.status());
                if (!limit.reached() && (!passing || last || tooLong)) {
                    return answer;
                }
                asked = limit.pause();
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                if (last || !request.repeatable() || RegistryErrors.isUntrusted(e)) {
                    throw e;
                }
            }
            waiter.await(backoff.delay(attempt, asked));
        }
    }

    private ApiAnswer sent(ApiRequest request, Call call) throws IOException, InterruptedException {
        try (Answer answer = wire.send(call, Optional.empty())) {
            if (REDIRECTS.contains(answer.status())) {
                throw RegistryErrors.badRedirect(call, "to another address, where no credential is taken");
            }
            byte[] content = answer.start(MAX_ANSWER + 1);
            if (content.length > MAX_ANSWER) {
                throw RegistryErrors.tooLong(call, MAX_ANSWER);
            }
            return new ApiAnswer(request, answer.status(), answer.headers(), content);
        }
    }

    private RegistryException limitReached(ApiAnswer answer, ApiLimit limit) {
        String until = limit.pause().isZero()
                ? ""
                : " until " + clock.instant().plus(limit.pause()).truncatedTo(ChronoUnit.SECONDS);
        return new RegistryException(
                answer.request() + " was answered with " + answer.status() + ": the limit of requests is reached"
                        + until + ".",
                "Run this again later, with fewer requests per minute or credentials that have a higher limit.",
                answer.status(),
                "TOOMANYREQUESTS",
                true,
                null);
    }

    /** Waits as long as becomes something that was looked for so often and is not there yet. */
    public void pause(int attempt) throws InterruptedException {
        waiter.await(backoff.delay(attempt, Duration.ZERO));
    }
}
