package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** When the images of a repository were made. */
record ImageTimes(Graph graph) {

    /** The latest of when it was created, pushed and last promoted, as far as anybody says. */
    Optional<Instant> of(Digest digest) {
        boolean unread = listedIn(digest).stream().map(graph.configured()::get).anyMatch(Ages.UNREAD::equals);
        Optional<Instant> pushed = Optional.ofNullable(graph.pushed().get(digest));
        if (unread && pushed.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> time = Ages.later(created(digest), pushed);
        for (Digest about : graph.attachedTo(digest)) {
            Node node = graph.nodes().get(about);
            time = node.receipt() ? Ages.later(time, node.created()) : time;
        }
        return time;
    }

    /** The latest that it and what it lists say: a platform may come from a cache, and its annotations from a base image. */
    private Optional<Instant> created(Digest digest) {
        Optional<Instant> time = Optional.empty();
        for (Digest part : listedIn(digest)) {
            Optional<Instant> configured =
                    Optional.ofNullable(graph.configured().get(part));
            time = Ages.later(time, graph.nodes().get(part).created());
            time = Ages.later(time, configured.filter(at -> !at.equals(Ages.UNREAD)));
        }
        return time;
    }

    /** Itself, and all that it lists and that is there, in indexes of indexes too. */
    private Set<Digest> listedIn(Digest digest) {
        Set<Digest> all = new TreeSet<>();
        Deque<Digest> next = new ArrayDeque<>(List.of(digest));
        while (!next.isEmpty()) {
            Digest part = next.pop();
            if (graph.nodes().containsKey(part) && all.add(part)) {
                next.addAll(graph.nodes().get(part).manifests());
            }
        }
        return all;
    }

    /**
     * The images whose configuration may say that it is younger than anything says by now. When it was pushed it was there,
     * and an index that says itself when it was made was made of what was there.
     */
    List<Digest> untoldIn(Digest digest) {
        Node node = graph.nodes().get(digest);
        boolean told = graph.pushed().containsKey(digest)
                || !node.image() && node.created().isPresent();
        return told
                ? List.of()
                : listedIn(digest).stream()
                        .filter(part -> graph.nodes().get(part).image())
                        .toList();
    }
}
