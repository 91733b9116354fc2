package io.jenkins.plugins.multiarch.registry.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** That something may be done with a repository: {@code pull}, {@code push} or {@code delete}. */
record Permission(String type, String name, String action) {

    /** What a request needs. */
    static Set<Permission> neededBy(Request request, Route route) {
        if (route.resource() == Route.Resource.PING) {
            return Set.of();
        }
        if (route.resource() == Route.Resource.CATALOG) {
            return Set.of(new Permission("registry", "catalog", "*"));
        }
        Set<Permission> needed = new LinkedHashSet<>();
        boolean deletes = request.method().equals("DELETE") && route.resource() != Route.Resource.UPLOAD;
        if (deletes) {
            needed.add(new Permission("repository", route.repository(), "delete"));
        } else {
            needed.add(new Permission("repository", route.repository(), "pull"));
            if (!request.isRead()) {
                needed.add(new Permission("repository", route.repository(), "push"));
            }
        }
        request.query().get("from").ifPresent(from -> needed.add(new Permission("repository", from, "pull")));
        return needed;
    }

    /** Reads {@code repository:acme/app:pull,push}, several parted by spaces. */
    static Set<Permission> parse(List<String> scopes) {
        Set<Permission> all = new LinkedHashSet<>();
        for (String scope : String.join(" ", scopes).split(" ")) {
            String[] parts = scope.split(":");
            if (parts.length == 3) {
                for (String action : parts[2].split(",")) {
                    all.add(new Permission(parts[0], parts[1], action));
                }
            }
        }
        return all;
    }

    /** The scope of a challenge. */
    static String scope(Set<Permission> permissions) {
        Map<String, Set<String>> actions = new LinkedHashMap<>();
        permissions.forEach(p -> actions.computeIfAbsent(p.type() + ":" + p.name(), n -> new TreeSet<>())
                .add(p.action()));
        List<String> scopes = new ArrayList<>();
        actions.forEach((name, all) -> scopes.add(name + ":" + String.join(",", all)));
        return String.join(" ", scopes);
    }
}
