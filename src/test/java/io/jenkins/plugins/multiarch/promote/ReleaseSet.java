package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Five images of a release in a registry, each with two of its three tags at the release before. */
final class ReleaseSet {
    static final List<Tag> TAGS = Tag.parseAll(List.of("1.4.2", "stable", "latest"));
    private static final List<String> NAMES = List.of("api", "web", "worker", "proxy", "base");

    private final FakeRegistry registry;
    private final List<ImageRef> images = new ArrayList<>();
    private final List<Digest> before = new ArrayList<>();

    ReleaseSet(FakeRegistry registry) {
        this.registry = registry;
        for (String name : NAMES) {
            String path = "acme/" + name;
            before.add(registry.addImage(path, "1.4.1", "linux/amd64", "linux/arm64")
                    .digest());
            Digest after = registry.addImage(path, "candidate", "linux/amd64", "linux/arm64")
                    .digest();
            images.add(ImageRef.of(registry.repository(path), after));
        }
        takeBack();
    }

    /** Makes all tags as they were before any promotion. */
    void takeBack() {
        for (int i = 0; i < images.size(); i++) {
            String path = images.get(i).repository().path();
            registry.untag(path, "1.4.2");
            registry.tag(path, "stable", before.get(i));
            registry.tag(path, "latest", before.get(i));
        }
    }

    List<ImageRef> images() {
        return List.copyOf(images);
    }

    PromotionRequest request() {
        return new PromotionRequest(images, TAGS, List.of()).guarded(Guards.NONE.platformLoss(false));
    }

    /** {@code old}, {@code new}, or the tags that make it neither. */
    String state() {
        TreeMap<String, String> state = new TreeMap<>();
        for (int i = 0; i < images.size(); i++) {
            Repository repository = images.get(i).repository();
            for (Tag tag : TAGS) {
                Optional<Digest> old = tag.name().equals("1.4.2") ? Optional.empty() : Optional.of(before.get(i));
                Optional<Digest> now = registry.tagged(repository.path(), tag.name());
                String is = now.equals(images.get(i).digest()) ? "new" : now.equals(old) ? "old" : "other";
                state.put(repository.path() + ":" + tag, is);
            }
        }
        List<String> kinds = state.values().stream().distinct().toList();
        return kinds.size() == 1 ? kinds.get(0) : state.toString();
    }
}
