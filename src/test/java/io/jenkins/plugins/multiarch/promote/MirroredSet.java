package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.PromotionRequest.MirrorLag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Two images of a release with a mirror in another registry, receipts, and a channel; its tags stand at the one before. */
final class MirroredSet implements AutoCloseable {
    private static final List<Tag> TAGS = Tag.parseAll(List.of("1.4.2", "latest"));
    private static final List<String> NAMES = List.of("api", "web");

    final FakeRegistry registry = FakeRegistry.start();
    final FakeRegistry mirror = FakeRegistry.start();
    private final MemoryJournal journal = new MemoryJournal();
    private final Registry client;
    private final MirrorLag lag;
    private final List<ImageRef> images = new ArrayList<>();
    private final List<Digest> before = new ArrayList<>();
    private final ChannelTarget channel;
    private final Optional<Digest> document;

    MirroredSet(Registry client, MirrorLag lag) throws IOException, InterruptedException {
        this.client = client;
        this.lag = lag;
        this.channel = new ChannelTarget(registry.repository("acme/metadata"), new Tag("prod"));
        for (String name : NAMES) {
            String path = "acme/" + name;
            Digest old = registry.addImage(path, "latest", "linux/amd64").digest();
            before.add(old);
            mirror.addImage("copy/" + name, "latest", "linux/amd64");
            Manifest fresh = registry.addImage(path, "candidate", "linux/amd64");
            registry.addReferrer(path, fresh, "application/vnd.example.remark", "looked at");
            images.add(ImageRef.of(registry.repository(path), fresh.digest()));
        }
        new Promotion(client, line -> {})
                .promote(new PromotionRequest(
                                List.of(ImageRef.of(registry.repository("acme/api"), before.get(0))),
                                Tag.parseAll(List.of("latest")),
                                List.of())
                        .channelled(Optional.of(channel)));
        this.document = registry.tagged("acme/metadata", "prod");
        registry.clearRequests();
    }

    /** Why nothing moved, or empty. */
    String promote(Registry by) throws IOException, InterruptedException {
        Receipts receipts = new Receipts(by, Optional.empty(), Optional.empty());
        Promotion promotion = new Promotion(
                by, line -> {}, journal, new TagLocks(), Copier.here(by, line -> {}), Optional.of(receipts));
        try {
            promotion.recover();
            return promotion.promote(request()).supersededBy();
        } catch (ReleaseException e) {
            return e.getMessage();
        }
    }

    private PromotionRequest request() {
        return new PromotionRequest(images, TAGS, List.of())
                .guarded(Guards.NONE.platformLoss(false))
                .mirrored(List.of(Mirror.parse(mirror.address() + "/copy/")), lag)
                .channelled(Optional.of(channel));
    }

    /** {@code old}, {@code new}, or the tags of the release and of its channel that make it neither. */
    String state() throws InterruptedException {
        TreeMap<String, String> state = states(registry, "acme/");
        for (String tag : List.of("prod", "channels")) {
            Optional<Digest> now = registry.tagged("acme/metadata", tag);
            boolean isNew = !now.equals(document)
                    && new Channels(client).read(channel).images().equals(images);
            state.put("metadata:" + tag, isNew ? "new" : now.equals(document) ? "old" : "other");
        }
        return summary(state);
    }

    /** The same of the mirror. */
    String mirrored() {
        return summary(states(mirror, "copy/"));
    }

    private TreeMap<String, String> states(FakeRegistry of, String prefix) {
        TreeMap<String, String> state = new TreeMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            String path = prefix + NAMES.get(i);
            for (Tag tag : TAGS) {
                Optional<Digest> old = tag.equals(Tag.LATEST) ? Optional.of(before.get(i)) : Optional.empty();
                Optional<Digest> now = of.tagged(path, tag.name());
                boolean isNew = now.equals(images.get(i).digest());
                state.put(path + ":" + tag, isNew ? "new" : now.equals(old) ? "old" : "other");
            }
        }
        return state;
    }

    private static String summary(TreeMap<String, String> state) {
        List<String> kinds = state.values().stream().distinct().toList();
        return kinds.size() == 1 ? kinds.get(0) : state.toString();
    }

    @Override
    public void close() {
        registry.close();
        mirror.close();
    }
}
