package io.jenkins.plugins.multiarch.registry.fake;

import java.util.Optional;
import java.util.Set;

/** Decides who may do what is asked. */
@FunctionalInterface
interface Access {
    /** Everybody may do everything. */
    Access OPEN = (request, needed) -> {};

    /** Returns, or throws the challenge or the refusal. */
    void check(Request request, Set<Permission> needed);

    /** User name and password with every request. */
    static Access basic(Users users) {
        return (request, needed) -> {
            Optional<Users.User> user = request.header("Authorization").flatMap(users::basic);
            if (users.granted(user, needed).containsAll(needed) && (user.isPresent() || !needed.isEmpty())) {
                return;
            }
            if (user.isPresent()) {
                throw new Refused(403, "DENIED", "requested access to the resource is denied");
            }
            throw new Refused(Response.error(401, "UNAUTHORIZED", "authentication required")
                    .with("WWW-Authenticate", "Basic realm=\"fake registry\""));
        };
    }
}
