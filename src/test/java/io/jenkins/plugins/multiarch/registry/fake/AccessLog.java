package io.jenkins.plugins.multiarch.registry.fake;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests in the order in which they were answered, at most 200,000. */
final class AccessLog {
    private static final int LIMIT = 200_000;

    private final Deque<LoggedRequest> entries = new ArrayDeque<>();

    synchronized void add(Request request, int status) {
        if (entries.size() == LIMIT) {
            entries.removeFirst();
        }
        entries.add(new LoggedRequest(
                request.method(),
                request.path(),
                request.rawQuery(),
                request.authorizationScheme(),
                status,
                request.connection()));
    }

    synchronized List<LoggedRequest> entries() {
        return List.copyOf(entries);
    }

    synchronized void clear() {
        entries.clear();
    }
}
