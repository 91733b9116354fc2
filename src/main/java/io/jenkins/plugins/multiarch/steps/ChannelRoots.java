package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.promote.ChannelDocument;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.Channels;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.retention.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What channels stand for and stood for, as far as their documents remember it, and those documents. */
record ChannelRoots(Registry registry) {

    /** Wherever the images are, as mirrors have copies of them. */
    List<Root> of(ChannelTarget channel) throws InterruptedException {
        List<Root> roots = new ArrayList<>();
        List<ChannelDocument> documents = new Channels(registry).readAll(channel);
        for (ChannelDocument document : documents) {
            boolean standing = document.equals(documents.get(0));
            String reason = "channel " + channel.channel() + (standing ? " stands for it" : " stood for it");
            document.images().forEach(image -> roots.add(new Root(Optional.empty(), image.requireDigest(), reason)));
        }
        documents
                .get(0)
                .history()
                .forEach(earlier -> roots.add(new Root(
                        Optional.of(channel.repository()),
                        earlier.digest(),
                        "channel " + channel.channel() + " remembers it")));
        return roots;
    }
}
