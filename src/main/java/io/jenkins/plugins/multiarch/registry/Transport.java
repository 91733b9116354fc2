package io.jenkins.plugins.multiarch.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;

/**
 * Carries one call to its answer: authorised as the registry wants it, repeated where that is safe, redirected by hand.
 *
 * <p>A credential goes to the origin it was meant for and nowhere else, whatever a redirect or an upload location says.
 */
final class Transport {
    private static final Logger LOGGER = Logger.getLogger(Transport.class.getName());
    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> FOLLOWED = Set.of("GET", "HEAD");

    private final Wire wire;
    private final Backoff backoff;
    private final Authorization authorization;

    Transport(Wire wire, Backoff backoff, CredentialSource credentials) {
        this.wire = wire;
        this.backoff = backoff;
        this.authorization = new Authorization(
                credentials,
                new TokenClient((call, header) ->
                        repeated(call, current -> loaded(current, follow(current, header), TokenClient.MAX_ANSWER))));
    }

    /** Sends a call that belongs to the registry at {@code base} and returns whatever it answers but a challenge. */
    Answer send(Call call, URI base) throws InterruptedException {
        try {
            return repeated(call, current -> authorized(current, base));
        } catch (InterruptedIOException e) {
            throw Registry.interrupted(e);
        } catch (IOException e) {
            throw RegistryErrors.noAnswer(call, e);
        }
    }

    /**
     * As {@link #send}, with the whole body of a success read within the call, so that one that breaks is asked for again.
     *
     * @param limit of the body in bytes
     */
    Answer load(Call call, URI base, int limit) throws InterruptedException {
        try {
            return repeated(call, current -> loaded(current, authorized(current, base), limit));
        } catch (InterruptedIOException e) {
            throw Registry.interrupted(e);
        } catch (IOException e) {
            throw RegistryErrors.noAnswer(call, e);
        }
    }

    private static Answer loaded(Call call, Answer answer, int limit) throws IOException {
        if (!answer.isSuccess()) {
            return answer;
        }
        try (answer) {
            byte[] content = answer.body().readNBytes(limit + 1);
            if (content.length > limit) {
                throw RegistryErrors.tooLong(call, limit);
            }
            return new Answer(answer.status(), answer.headers(), new ByteArrayInputStream(content), answer.uri());
        }
    }

    /** Sends a call without any credential and returns whatever is answered, a challenge too. */
    Answer anonymously(Call call) throws InterruptedException {
        try {
            return repeated(call, current -> follow(current, Optional.empty()));
        } catch (InterruptedIOException e) {
            throw Registry.interrupted(e);
        } catch (IOException e) {
            throw RegistryErrors.noAnswer(call, e);
        }
    }

    /** As {@link #send}, refusing every answer that is no success. */
    Answer require(Call call, URI base) throws InterruptedException {
        Answer answer = send(call, base);
        if (!answer.isSuccess()) {
            throw refused(call, answer);
        }
        return answer;
    }

    RegistryException refused(Call call, Answer answer) throws InterruptedException {
        try (answer) {
            return RegistryErrors.of(call, answer, authorization.credentials(call.access()));
        }
    }

    Backoff backoff() {
        return backoff;
    }

    private Answer repeated(Call call, Sender sender) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Duration asked = Duration.ZERO;
            try {
                Answer answer = sender.send(call);
                if (!call.repeatable() || !backoff.allows(attempt, answer)) {
                    return answer;
                }
                asked = Backoff.asked(answer);
                answer.close();
                LOGGER.fine(() -> call.described() + " was answered with " + answer.status() + ", trying again");
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                if (!call.repeatable() || attempt >= backoff.attempts() || RegistryErrors.isUntrusted(e)) {
                    throw e;
                }
                LOGGER.fine(() -> call.described() + " got no answer (" + e + "), trying again");
            }
            backoff.pause(attempt, asked);
        }
    }

    private Answer authorized(Call call, URI base) throws IOException, InterruptedException {
        if (!Origin.of(call.uri()).equals(Origin.of(base))) {
            return follow(call, Optional.empty());
        }
        Optional<String> known = authorization.known(call);
        Answer answer = follow(call, known);
        boolean asked = answer.status() == 401 && Origin.of(answer.uri()).equals(Origin.of(call.uri()));
        if (!asked) {
            return answer;
        }
        Optional<String> header = authorization.challenged(call, answer);
        if (header.isEmpty() || (header.equals(known) && known.orElseThrow().startsWith("Basic "))) {
            return answer;
        }
        answer.close();
        return follow(call, header);
    }

    private Answer follow(Call call, Optional<String> header) throws IOException, InterruptedException {
        Call current = call;
        Optional<String> credential = header;
        for (int redirects = 0; ; redirects++) {
            Answer answer = wire.send(current, credential);
            if (!REDIRECTS.contains(answer.status()) || !FOLLOWED.contains(call.method())) {
                return answer;
            }
            answer.close();
            URI target = target(current, answer, redirects);
            if (!Origin.of(target).equals(Origin.of(current.uri()))) {
                credential = Optional.empty();
            }
            current = current.to(target);
        }
    }

    private static URI target(Call call, Answer answer, int redirects) {
        if (redirects == MAX_REDIRECTS) {
            throw RegistryErrors.badRedirect(call, "more than " + MAX_REDIRECTS + " times");
        }
        return call.target(answer.header("Location").orElse(""));
    }

    @FunctionalInterface
    private interface Sender {
        Answer send(Call call) throws IOException, InterruptedException;
    }
}
