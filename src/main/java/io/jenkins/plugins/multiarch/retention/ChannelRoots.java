package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.promote.ChannelDocument;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.Channels;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What a channel stands for and stood for, which a rollback may want. */
public final class ChannelRoots {

    private ChannelRoots() {}

    /**
     * Its images and payloads wherever they are, as mirrors have copies of them, and the documents that tell of them.
     *
     * @param log gets a line for each document that is gone, of whose images nobody knows
     */
    public static List<Root> of(ChannelTarget channel, Channels channels, Consumer<String> log)
            throws InterruptedException {
        String name = "channel " + channel.channel();
        List<Channels.Stored> documents = channels.readAll(channel);
        Channels.Stored standing = documents.get(0);
        List<Root> roots = new ArrayList<>();
        for (Channels.Stored stored : documents) {
            String reason = name + (stored.equals(standing) ? " stands for it" : " stood for it");
            named(stored.document())
                    .forEach(image -> roots.add(new Root(Optional.empty(), image.requireDigest(), reason)));
        }
        Set<Digest> remembered = new LinkedHashSet<>(Set.of(standing.digest()));
        standing.document().history().forEach(earlier -> remembered.add(earlier.digest()));
        remembered.forEach(
                digest -> roots.add(new Root(Optional.of(channel.repository()), digest, name + " remembers it")));
        documents.forEach(stored -> remembered.remove(stored.digest()));
        remembered.forEach(digest -> log.accept("The document " + channel.repository() + "@" + digest + " of " + name
                + " is gone, so that what it stood for is not kept for it."));
        return roots;
    }

    private static List<ImageRef> named(ChannelDocument document) {
        List<ImageRef> all = new ArrayList<>(document.images());
        document.payload().ifPresent(all::add);
        return all;
    }
}
