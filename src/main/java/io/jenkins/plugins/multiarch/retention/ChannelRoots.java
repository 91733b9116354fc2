package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.promote.ChannelDocument;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a channel stands for and stood for, which a rollback may want. */
public final class ChannelRoots {

    private ChannelRoots() {}

    /** Its images, and the documents that tell of them. */
    public static List<Root> of(ChannelTarget channel, Channels channels) throws InterruptedException {
        List<ChannelDocument> documents = channels.readAll(channel);
        List<Root> roots = new ArrayList<>();
        for (ChannelDocument document : documents) {
            String reason = "channel " + channel + (roots.isEmpty() ? " stands" : " stood") + " for it";
            for (ImageRef image : document.images()) {
                roots.add(new Root(Optional.of(image.repository()), image.requireDigest(), reason));
            }
        }
        documents
                .get(0)
                .history()
                .forEach(earlier -> roots.add(new Root(
                        Optional.of(channel.repository()),
                        earlier.digest(),
                        "it is a document of channel " + channel)));
        return roots;
    }
}
