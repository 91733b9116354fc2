package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.promote.ChannelDocument;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a channel stands for and stood for, which a rollback may want. */
public final class ChannelRoots {

    private ChannelRoots() {}

    /** Its images wherever they are, as mirrors have copies of them, and the documents that tell of them. */
    public static List<Root> of(ChannelTarget channel, Channels channels) throws InterruptedException {
        List<Root> roots = new ArrayList<>();
        List<ChannelDocument> documents = channels.readAll(channel);
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
