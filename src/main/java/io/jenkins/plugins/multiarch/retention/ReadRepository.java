package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.retention.Node.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A repository as it was read, and what is kept of it.
 *
 * @param reader who read it, and can look again
 */
record ReadRepository(GraphReader reader, Graph graph, Marks marks) {

    List<PlannedManifest> manifests() {
        List<PlannedManifest> all = new ArrayList<>();
        for (Node node : new TreeMap<>(graph.nodes()).values()) {
            boolean kept = marks.isKept(node.digest());
            all.add(new PlannedManifest(
                    node.digest(),
                    node.mediaType(),
                    node.size(),
                    graph.tagsOf(node.digest()),
                    kept,
                    kept ? marks.reason(node.digest()) : whyDeleted(node.digest())));
        }
        return all;
    }

    private String whyDeleted(Digest digest) {
        List<Tag> named = graph.tagsOf(digest).stream()
                .filter(tag -> !Graph.isAttached(tag))
                .toList();
        if (!named.isEmpty()) {
            return named.stream()
                    .map(tag -> "tag " + tag + ": " + marks.verdicts().get(tag).reason())
                    .collect(Collectors.joining("; "));
        }
        if (graph.isAttachment(digest)) {
            return "what it is about " + (graph.subjectsOf(digest).isEmpty() ? "is gone" : "goes");
        }
        return graph.parentsOf(digest).isEmpty()
                ? "it has no tag, and nothing that stays needs it"
                : "only what goes lists it";
    }

    List<PlannedUntag> untags() {
        return graph.tags().entrySet().stream()
                .filter(entry -> marks.isKept(entry.getValue()))
                .filter(entry -> marks.verdicts().containsKey(entry.getKey()))
                .filter(entry -> !marks.verdicts().get(entry.getKey()).kept())
                .map(entry -> new PlannedUntag(
                        entry.getKey(),
                        entry.getValue(),
                        marks.verdicts().get(entry.getKey()).reason()))
                .toList();
    }

    /** Bytes of what is deleted, and of the blobs that nothing else has. */
    long freed() {
        Set<Digest> needed = new HashSet<>();
        Map<Digest, Long> freed = new HashMap<>();
        for (Node node : graph.nodes().values()) {
            if (marks.isKept(node.digest())) {
                node.blobs().forEach(blob -> needed.add(blob.digest()));
            } else {
                freed.put(node.digest(), node.size());
            }
        }
        for (Node node : graph.nodes().values()) {
            for (Part blob : node.blobs()) {
                if (!needed.contains(blob.digest())) {
                    freed.put(blob.digest(), blob.size());
                }
            }
        }
        return freed.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What was found wrong already; sentences. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        marks.unread().ifPresent(what -> notes.add("What has no tag is kept, for " + what + ", may need it."));
        for (Node node : new TreeMap<>(graph.nodes()).values()) {
            if (!node.unreadable().isEmpty()) {
                notes.add(node.digest() + " is kept, for it cannot be read: " + node.unreadable());
            } else if (marks.isKept(node.digest())) {
                graph.missingFrom(node.digest())
                        .forEach(child -> notes.add(node.digest() + " lists " + child + ", which is not there."));
            }
        }
        return notes;
    }

    /** What it has now and would have none of, a sentence; empty where there is no such thing. */
    String emptied() {
        if (!marks.verdicts().isEmpty() && marks.verdicts().values().stream().noneMatch(TagVerdict::kept)) {
            return "it would lose its last tag.";
        }
        if (!graph.nodes().isEmpty() && marks.kept().isEmpty()) {
            return "it would lose its last manifest.";
        }
        List<Digest> images = graph.nodes().values().stream()
                .filter(Node::image)
                .map(Node::digest)
                .filter(digest -> !graph.isAttachment(digest))
                .toList();
        return images.isEmpty() || images.stream().anyMatch(marks::isKept) ? "" : "it would lose its last image.";
    }
}
