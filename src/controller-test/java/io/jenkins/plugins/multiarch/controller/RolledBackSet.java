package io.jenkins.plugins.multiarch.controller;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.Copier;
import io.jenkins.plugins.multiarch.promote.Journal;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionRequest;
import io.jenkins.plugins.multiarch.promote.Receipts;
import io.jenkins.plugins.multiarch.promote.TagLocks;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** To be rolled back: three releases were promoted, one after the other, each with its receipts. */
final class RolledBackSet extends TaggedSet {
    private static final List<String> TAGS = List.of("prod", "stable", "latest");

    private final List<List<Digest>> releases = new ArrayList<>();

    RolledBackSet() throws IOException, InterruptedException {
        for (String version : List.of("1.4.0", "1.4.1", "1.4.2")) {
            List<Digest> release = new ArrayList<>();
            List<ImageRef> images = new ArrayList<>();
            for (String name : NAMES) {
                Digest digest = registry()
                        .addImage("acme/" + name, version, "linux/amd64", "linux/arm64")
                        .digest();
                release.add(digest);
                images.add(ImageRef.of(registry().repository("acme/" + name), digest));
            }
            releases.add(release);
            promote(images);
        }
        registry().clearRequests();
    }

    private static void promote(List<ImageRef> images) throws IOException, InterruptedException {
        Registry client = HttpRegistry.builder().build();
        Receipts receipts = new Receipts(client, Optional.empty(), Optional.empty());
        new Promotion(
                        client,
                        line -> {},
                        Journal.NONE,
                        new TagLocks(),
                        Copier.here(client, line -> {}),
                        Optional.of(receipts))
                .promote(new PromotionRequest(images, Tag.parseAll(TAGS), List.of()));
    }

    @Override
    String pipeline() {
        return "rollbackTag images: " + list("") + ", tags: ['prod', 'stable', 'latest'], to: 'previous'";
    }

    @Override
    List<String> tags() {
        return TAGS;
    }

    @Override
    Optional<Digest> before(int image, String tag) {
        return Optional.of(releases.get(2).get(image));
    }

    /** The release before, and not the one before that. */
    @Override
    Digest after(int image) {
        return releases.get(1).get(image);
    }
}
