package io.jenkins.plugins.multiarch.registry.fake;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may do what.
 *
 * @param anonymousPull whether everybody may read
 */
record Users(List<User> all, boolean anonymousPull) {

    /** One who knows a password; one who may only read gets no further. */
    record User(String name, String password, boolean readOnly) {

        boolean may(Permission permission) {
            return !readOnly || permission.action().equals("pull");
        }
    }

    Optional<User> find(String name, String password) {
        return all.stream()
                .filter(user -> user.name().equals(name) && user.password().equals(password))
                .findFirst();
    }

    Optional<User> named(String name) {
        return all.stream().filter(user -> user.name().equals(name)).findFirst();
    }

    /** Who an Authorization header of the scheme Basic is from. */
    Optional<User> basic(String header) {
        if (!header.startsWith("Basic ")) {
            return Optional.empty();
        }
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(header.substring("Basic ".length()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String[] pair = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
        return pair.length == 2 ? find(pair[0], pair[1]) : Optional.empty();
    }

    /** Those of the permissions that a user, or nobody known, has. */
    Set<Permission> granted(Optional<User> user, Set<Permission> asked) {
        return asked.stream()
                .filter(permission -> user.map(known -> known.may(permission))
                        .orElse(anonymousPull && permission.action().equals("pull")))
                .collect(Collectors.toUnmodifiableSet());
    }
}
