package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Five images in a registry whose three tags were promoted from one release to the next, with the receipt of that. */
final class PromotedSet {
    private static final List<Tag> TAGS = Tag.parseAll(List.of("prod", "stable", "latest"));
    private static final List<String> NAMES = List.of("api", "web", "worker", "proxy", "base");

    private final FakeRegistry registry;
    private final Map<Repository, Digest> before = new LinkedHashMap<>();
    private final Map<Repository, Manifest> after = new LinkedHashMap<>();

    PromotedSet(FakeRegistry registry) {
        this.registry = registry;
        List<TagChange> changes = new ArrayList<>();
        Map<ImageRef, String> images = new LinkedHashMap<>();
        for (String name : NAMES) {
            String path = "acme/" + name;
            Repository repository = registry.repository(path);
            Digest old = registry.addImage(path, "1.4.1", "linux/amd64").digest();
            Manifest fresh = registry.addImage(path, "1.4.2", "linux/amd64");
            before.put(repository, old);
            after.put(repository, fresh);
            images.put(ImageRef.of(repository, fresh.digest()), "1.4.2");
            for (Tag tag : TAGS) {
                registry.tag(path, tag.name(), fresh.digest());
                changes.add(new TagChange(new TagName(repository, tag), Optional.of(old), fresh.digest()));
            }
        }
        Receipt receipt = new Receipt(Instant.parse("2026-11-21T12:00:00Z"), ReleaseNote.NONE, changes, images);
        String statement = new String(receipt.statement().toBytes(), StandardCharsets.UTF_8);
        after.forEach(
                (repository, fresh) -> registry.addReferrer(repository.path(), fresh, Receipts.PLAIN_TYPE, statement));
    }

    RollbackRequest rollback() {
        return new RollbackRequest(List.copyOf(before.keySet()), TAGS, RollbackTarget.parse("previous"));
    }

    /** {@code old}, {@code new}, or the tags that make it neither. */
    String state() {
        TreeMap<String, String> state = new TreeMap<>();
        before.forEach((repository, old) -> {
            for (Tag tag : TAGS) {
                Optional<Digest> now = registry.tagged(repository.path(), tag.name());
                boolean isNew = now.equals(Optional.of(after.get(repository).digest()));
                state.put(repository + ":" + tag, isNew ? "new" : now.equals(Optional.of(old)) ? "old" : "other");
            }
        });
        List<String> kinds = state.values().stream().distinct().toList();
        return kinds.size() == 1 ? kinds.get(0) : state.toString();
    }
}
