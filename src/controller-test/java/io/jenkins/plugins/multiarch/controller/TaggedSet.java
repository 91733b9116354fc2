package io.jenkins.plugins.multiarch.controller;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Five images in a registry of their own with three tags each, which a Pipeline moves all together. */
abstract class TaggedSet implements AutoCloseable {
    static final List<String> NAMES = List.of("api", "web", "worker", "proxy", "base");

    private final FakeRegistry registry = FakeRegistry.start();

    final FakeRegistry registry() {
        return registry;
    }

    /** A Pipeline that moves them. */
    abstract String pipeline();

    abstract List<String> tags();

    /** Where a tag of an image leads before that Pipeline. */
    abstract Optional<Digest> before(int image, String tag);

    /** Where each tag of an image leads after it. */
    abstract Digest after(int image);

    /** The names of all repositories, each followed by this, as a list in a Pipeline. */
    final String list(String suffix) {
        return NAMES.stream()
                .map(name -> "'" + registry.repository("acme/" + name) + suffix + "'")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** {@code old}, {@code new}, or the tags that make it neither. */
    final String state() {
        TreeMap<String, String> state = new TreeMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            String path = "acme/" + NAMES.get(i);
            for (String tag : tags()) {
                Optional<Digest> now = registry.tagged(path, tag);
                boolean isNew = now.filter(after(i)::equals).isPresent();
                state.put(path + ":" + tag, isNew ? "new" : now.equals(before(i, tag)) ? "old" : "other");
            }
        }
        List<String> kinds = state.values().stream().distinct().toList();
        return kinds.size() == 1 ? kinds.get(0) : state.toString();
    }

    @Override
    public final void close() {
        registry.close();
    }
}
