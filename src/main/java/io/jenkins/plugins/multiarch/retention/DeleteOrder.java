package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The order of deletions: what lists a manifest and what it is about go before it, as ECR demands, and what belongs to one
 * image goes together, so that as little as can be is left over where it ends early.
 */
final class DeleteOrder {
    private final Map<Digest, List<Digest>> after = new HashMap<>();
    private final Map<Digest, Integer> waitsFor = new TreeMap<>();

    DeleteOrder(Graph graph, Set<Digest> deleted) {
        deleted.forEach(digest -> waitsFor.put(digest, 0));
        for (Digest digest : deleted) {
            List<Digest> parts = graph.partsOf(digest).stream()
                    .filter(part -> deleted.contains(part) && !part.equals(digest))
                    .distinct()
                    .toList();
            after.put(digest, parts);
            parts.forEach(part -> waitsFor.merge(part, 1, Integer::sum));
        }
    }

    /** All of them, in batches of which no member waits for another. */
    List<List<Digest>> batches(int size) {
        List<List<Digest>> batches = new ArrayList<>();
        Map<Digest, Integer> waiting = new TreeMap<>(waitsFor);
        Deque<Digest> ready = new ArrayDeque<>();
        while (!waiting.isEmpty() || !ready.isEmpty()) {
            if (ready.isEmpty()) {
                takeReady(waiting, ready);
            }
            List<Digest> batch = new ArrayList<>();
            while (batch.size() < size && !ready.isEmpty()) {
                batch.add(ready.pop());
            }
            release(batch, waiting, ready);
            batches.add(batch);
        }
        return batches;
    }

    /** Where all wait for one another in a circle, the first of them goes. */
    private static void takeReady(Map<Digest, Integer> waiting, Deque<Digest> ready) {
        waiting.forEach((digest, count) -> {
            if (count == 0) {
                ready.add(digest);
            }
        });
        if (ready.isEmpty()) {
            ready.add(waiting.keySet().iterator().next());
        }
        ready.forEach(waiting::remove);
    }

    private void release(Collection<Digest> gone, Map<Digest, Integer> waiting, Deque<Digest> ready) {
        for (Digest digest : gone) {
            for (Digest part : after.get(digest)) {
                if (waiting.containsKey(part) && waiting.merge(part, -1, Integer::sum) == 0) {
                    waiting.remove(part);
                    ready.push(part);
                }
            }
        }
    }
}
