package io.jenkins.plugins.multiarch.registry;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request to a registry, before it is authorised.
 *
 * @param repeatable whether sending it twice does no more than sending it once
 */
record Call(
        String method, URI uri, Map<String, String> headers, Optional<Upload> body, Access access, boolean repeatable) {

    static Call get(URI uri, Access access) {
        return new Call("GET", uri, Map.of(), Optional.empty(), access, true);
    }

    static Call head(URI uri, Access access) {
        return new Call("HEAD", uri, Map.of(), Optional.empty(), access, true);
    }

    static Call delete(URI uri, Access access) {
        return new Call("DELETE", uri, Map.of(), Optional.empty(), access, true);
    }

    static Call post(URI uri, Access access) {
        return new Call("POST", uri, Map.of(), Optional.of(Upload.NOTHING), access, true);
    }

    static Call put(URI uri, Access access, Upload body) {
        return new Call("PUT", uri, Map.of(), Optional.of(body), access, true);
    }

    static Call patch(URI uri, Access access, Upload body) {
        return new Call("PATCH", uri, Map.of(), Optional.of(body), access, true);
    }

    Call with(String header, String value) {
        return with(Map.of(header, value));
    }

    Call with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Call(method, uri, Map.copyOf(all), body, access, repeatable);
    }

    Call to(URI elsewhere) {
        return new Call(method, elsewhere, headers, body, access, repeatable);
    }

    /** The same, but never sent a second time by itself: the caller knows how to start over. */
    Call once() {
        return new Call(method, uri, headers, body, access, false);
    }

    /**
     * Where an answer to this call sends us on, by a redirect, an upload's location or a link to the next page.
     *
     * @throws RegistryException if that is no address of a host, or would leave encryption behind
     */
    URI target(String location) {
        URI target;
        try {
            target = uri.resolve(location);
        } catch (IllegalArgumentException e) {
            throw RegistryErrors.badRedirect(this, "to something that is not an address");
        }
        if (location.isEmpty()
                || target.getHost() == null
                || !Set.of("http", "https").contains(Origin.of(target).scheme())) {
            throw RegistryErrors.badRedirect(this, "to something that is not an address");
        }
        if (Origin.of(uri).isSecure() && !Origin.of(target).isSecure()) {
            throw RegistryErrors.badRedirect(this, "from https to an address without encryption");
        }
        return target;
    }

    /** What was asked, fit for a message: no scheme, no query, for either may carry a signature. */
    String described() {
        return method + " " + described(uri);
    }

    static String described(URI uri) {
        return uri.getAuthority() + uri.getPath();
    }
}
