package io.jenkins.plugins.multiarch.controller;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Five images in a registry of their own, each with two of its three tags at the release before. */
final class PromotedSet implements AutoCloseable {
    private static final List<String> NAMES = List.of("api", "web", "worker", "proxy", "base");
    private static final List<String> TAGS = List.of("1.4.2", "stable", "latest");

    private final FakeRegistry registry = FakeRegistry.start();
    private final List<Digest> before = new ArrayList<>();
    private final List<Digest> after = new ArrayList<>();

    PromotedSet() {
        for (String name : NAMES) {
            String path = "acme/" + name;
            before.add(registry.addImage(path, "stable", "linux/amd64", "linux/arm64")
                    .digest());
            registry.tag(path, "latest", before.get(before.size() - 1));
            after.add(registry.addImage(path, "candidate", "linux/amd64", "linux/arm64")
                    .digest());
        }
    }

    FakeRegistry registry() {
        return registry;
    }

    /** A Pipeline that promotes all of them. */
    String pipeline() {
        String images = NAMES.stream()
                .map(name -> "'" + registry.repository("acme/" + name) + ":candidate'")
                .collect(Collectors.joining(", "));
        return "promoteTag images: [" + images + "], tags: ['1.4.2', 'stable', 'latest']";
    }

    /** {@code old}, {@code new}, or the tags that make it neither. */
    String state() {
        TreeMap<String, String> state = new TreeMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            String path = "acme/" + NAMES.get(i);
            for (String tag : TAGS) {
                Optional<Digest> old = tag.equals("1.4.2") ? Optional.empty() : Optional.of(before.get(i));
                Optional<Digest> now = registry.tagged(path, tag);
                boolean isNew = now.filter(after.get(i)::equals).isPresent();
                state.put(path + ":" + tag, isNew ? "new" : now.equals(old) ? "old" : "other");
            }
        }
        List<String> kinds = state.values().stream().distinct().toList();
        return kinds.size() == 1 ? kinds.get(0) : state.toString();
    }

    @Override
    public void close() {
        registry.close();
    }
}
