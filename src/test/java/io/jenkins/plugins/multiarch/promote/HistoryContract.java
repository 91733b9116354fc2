package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.KeySigner;
import io.jenkins.plugins.multiarch.attest.KeyVerifier;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.promote.PromotionRequest.MirrorLag;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the registry itself remembers of releases: receipts, and the documents of channels. */
interface HistoryContract extends PromotingRegistry {

    private ChannelTarget channel() {
        return new ChannelTarget(repository("metadata"), new Tag("prod"));
    }

    private RollbackRequest back(TwoReleases releases, String to) {
        return new RollbackRequest(releases.repositories(), TwoReleases.STANDING, RollbackTarget.parse(to));
    }

    @Test
    default void goesBackToTheSameBytesByReceiptsAlone() throws IOException, InterruptedException {
        TwoReleases releases = releases();
        promotion(registry(), Journal.NONE).promote(releases.request(TwoReleases.STANDING));

        rollback(registry(), Optional.empty()).rollBack(back(releases, "previous"));

        releases.assertStandAtTheFirst();
        rollback(registry(), Optional.empty())
                .rollBack(back(releases, releases.second(0).digest().toString()));
        releases.assertStandAtTheSecond(TwoReleases.STANDING);
    }

    @Test
    default void takesTheMirrorBackToo() throws IOException, InterruptedException {
        TwoReleases releases = releases();
        promotion(registry(), Journal.NONE)
                .promote(releases.request(TwoReleases.STANDING).mirrored(List.of(mirror()), MirrorLag.FAILS));

        rollback(registry(), Optional.empty())
                .rollBack(back(releases, "previous").mirrored(List.of(mirror()), MirrorLag.FAILS));

        releases.assertStandAtTheFirst();
        releases.assertSame(mirror().of(releases.repository(1)), Tag.LATEST, releases.first(1));
    }

    @Test
    default void believesOnlyReceiptsOfATrustedKeyWhereOneIsGiven() throws IOException, InterruptedException {
        TwoReleases releases = releases();
        promotion(registry(), Journal.NONE, Optional.of(new KeySigner(SampleKeys.p256())))
                .promote(releases.request(TwoReleases.STANDING));

        assertThatThrownBy(() -> rollback(registry(), Optional.of(new KeyVerifier(SampleKeys.trusted("p384.pub"))))
                        .rollBack(back(releases, "previous")))
                .hasMessageContaining(" was not rolled back: no receipt by the ");
        rollback(registry(), Optional.of(new KeyVerifier(SampleKeys.trusted("p256.pub"))))
                .rollBack(back(releases, "previous"));

        releases.assertStandAtTheFirst();
    }

    @Test
    default void writesTheDocumentOfAChannelAndTakesItBack() throws IOException, InterruptedException {
        TwoReleases releases = releases();
        Optional<ChannelTarget> channel = Optional.of(channel());
        promotion(registry(), Journal.NONE)
                .promote(releases.request(TwoReleases.STANDING).channelled(channel));

        rollback(registry(), Optional.empty())
                .rollBack(back(releases, "previous").channelled(channel));

        ChannelDocument document = new Channels(registry()).read(channel());
        assertThat(document.images())
                .containsExactly(
                        ImageRef.of(releases.repository(0), releases.first(0).digest()),
                        ImageRef.of(releases.repository(1), releases.first(1).digest()));
        assertThat(document.history()).hasSize(1);
        assertThat(registry().head(channel().repository(), new Tag("channels")))
                .isEqualTo(registry().head(channel().repository(), new Tag("prod")));
    }

    @Test
    default void leavesTheChannelAsItWasWhereATagOfItIsRefused() throws IOException, InterruptedException {
        TwoReleases releases = releases();
        Optional<ChannelTarget> channel = Optional.of(channel());
        promotion(registry(), Journal.NONE)
                .promote(releases.request(TwoReleases.STANDING).channelled(channel));
        ChannelDocument before = new Channels(registry()).read(channel());

        assertThatThrownBy(() -> rollback(refusing(channel().repository(), "channels"), Optional.empty())
                        .rollBack(back(releases, "previous").channelled(channel)))
                .hasMessageStartingWith("Nothing was promoted, and every tag that had moved is back where it was: ");

        assertThat(new Channels(registry()).read(channel())).isEqualTo(before);
        releases.assertStandAtTheSecond(TwoReleases.STANDING);
    }
}
