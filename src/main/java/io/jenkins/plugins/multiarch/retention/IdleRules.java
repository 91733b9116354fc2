package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what a request says that means nothing of what was read, as where a name was written wrong. */
record IdleRules(RetentionRequest request, Collection<Graph> read) {

    /** Sentences. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (TagRule rule : request.rules().rules()) {
            if (read.stream().noneMatch(graph -> rule.isFor(graph.repository()))) {
                notes.add("The rule for the tags " + rule.tags() + " holds in none of these repositories.");
            } else if (tags(rule).noneMatch(rule::means)) {
                notes.add("The rule for the tags " + rule.tags() + " means no tag.");
            }
        }
        Set<Tag> all =
                read.stream().flatMap(graph -> graph.tags().keySet().stream()).collect(Collectors.toSet());
        for (NamePattern pattern : request.rules().protect()) {
            if (all.stream().noneMatch(tag -> pattern.matches(tag.name()))) {
                notes.add(pattern + " protects no tag.");
            }
        }
        List<Digest> inventory = request.roots().stream()
                .filter(root -> root.reason().equals(Inventory.REASON))
                .map(Root::digest)
                .toList();
        if (!inventory.isEmpty()
                && read.stream().noneMatch(graph -> inventory.stream().anyMatch(graph.nodes()::containsKey))) {
            notes.add("None of the " + inventory.size() + " digests of the inventory is in these repositories.");
        }
        return notes;
    }

    private Stream<Tag> tags(TagRule rule) {
        return read.stream()
                .filter(graph -> rule.isFor(graph.repository()))
                .flatMap(graph -> graph.tags().keySet().stream())
                .filter(tag -> !Graph.isAttached(tag));
    }
}
