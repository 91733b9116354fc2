package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Repository;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where a registry's API is: https always, plain http where the user said so, and on this machine itself whatever the
 * registry speaks.
 */
final class Endpoints {
    /** Docker Hub's name in references is not the host that serves its API. */
    private static final Map<String, String> API_HOSTS = Map.of("docker.io", "registry-1.docker.io");

    private final Wire wire;
    private final Set<String> plainHttp;
    private final Map<String, URI> known = new ConcurrentHashMap<>();

    Endpoints(Wire wire, Set<String> plainHttp) {
        this.wire = wire;
        this.plainHttp = Set.copyOf(plainHttp);
    }

    /** The address of something below a repository: {@code https://ghcr.io/v2/acme/app/manifests/1.4}. */
    URI of(Repository repository, String rest) throws InterruptedException {
        return URI.create(base(repository.registry()) + "/v2/" + repository.path() + "/" + rest);
    }

    /** The address every registry answers at: {@code https://ghcr.io/v2/}. */
    URI ping(String registry) throws InterruptedException {
        return URI.create(base(registry) + "/v2/");
    }

    /** Whether an address may be sent a credential: it is encrypted, or of this machine, or said to be plain. */
    boolean mayBeTrusted(URI address) {
        Origin origin = Origin.of(address);
        return origin.isSecure() || origin.isLoopback() || plainHttp.contains(address.getAuthority());
    }

    URI base(String registry) throws InterruptedException {
        URI base = known.get(registry);
        if (base != null) {
            return base;
        }
        URI secure = URI.create("https://" + API_HOSTS.getOrDefault(registry, registry));
        URI plain = URI.create("http://" + registry);
        if (plainHttp.contains(registry)) {
            return plain;
        }
        if (!Origin.of(plain).isLoopback()) {
            return secure;
        }
        try {
            URI spoken = speaksPlainHttp(plain) ? plain : secure;
            known.put(registry, spoken);
            return spoken;
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return plain;
        }
    }

    /** A TLS server answers a plain request with 400 or by hanging up; the question carries no credential. */
    private boolean speaksPlainHttp(URI plain)
            throws ConnectException, HttpConnectTimeoutException, InterruptedException {
        Call ping = Call.get(plain.resolve("/v2/"), Access.to(Action.PULL, new Repository("localhost", "ping")));
        try (Answer answer = wire.send(ping, Optional.empty())) {
            answer.drop();
            return answer.status() != 400;
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }
}
