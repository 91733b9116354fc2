package io.jenkins.plugins.multiarch.controller;

import io.jenkins.plugins.multiarch.image.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** To be promoted: two of the three tags of each image are at the release before. */
final class PromotedSet extends TaggedSet {
    private final List<Digest> before = new ArrayList<>();
    private final List<Digest> after = new ArrayList<>();

    PromotedSet() {
        for (String name : NAMES) {
            String path = "acme/" + name;
            before.add(registry()
                    .addImage(path, "stable", "linux/amd64", "linux/arm64")
                    .digest());
            registry().tag(path, "latest", before.get(before.size() - 1));
            after.add(registry()
                    .addImage(path, "candidate", "linux/amd64", "linux/arm64")
                    .digest());
        }
    }

    /** What promotes all of them. */
    String arguments() {
        return "images: " + list(":candidate") + ", tags: ['1.4.2', 'stable', 'latest']";
    }

    @Override
    String pipeline() {
        return "promoteTag " + arguments();
    }

    @Override
    List<String> tags() {
        return List.of("1.4.2", "stable", "latest");
    }

    @Override
    Optional<Digest> before(int image, String tag) {
        return tag.equals("1.4.2") ? Optional.empty() : Optional.of(before.get(image));
    }

    @Override
    Digest after(int image) {
        return after.get(image);
    }
}
