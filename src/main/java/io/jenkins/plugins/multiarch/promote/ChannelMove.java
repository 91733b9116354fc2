package io.jenkins.plugins.multiarch.promote;

import java.util.Optional;

/**
 * What becomes of the document of a channel.
 *
 * @param next the one that is to be written, without its history; nothing where the channel stays as it is
 * @param standing the one that is there
 * @param kept why the channel stays although the release is another one, or empty
 */
record ChannelMove(
        ChannelTarget channel, Optional<ChannelDocument> next, Optional<Channels.Stored> standing, String kept) {

    /** The channel's tag, where it stays. */
    Optional<MovedTag> stays() {
        return next.isPresent()
                ? Optional.empty()
                : standing.map(there -> new MovedTag(
                        channel.repository(),
                        channel.channel(),
                        Optional.of(there.digest()),
                        there.digest(),
                        false,
                        kept));
    }

    PlannedChannel planned() {
        return new PlannedChannel(
                channel.toString(),
                standing.map(Channels.Stored::digest),
                next.isPresent(),
                kept,
                next.or(() -> standing.map(Channels.Stored::document)));
    }

    /** One line of a build log, where it stays. */
    Optional<String> happened() {
        return next.isPresent()
                ? Optional.empty()
                : Optional.of(stays().map(MovedTag::happened).orElse("Left out " + channel + ": " + kept + "."));
    }
}
