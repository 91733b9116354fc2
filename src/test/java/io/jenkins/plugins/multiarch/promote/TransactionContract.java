package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** All tags move, or none of them does. */
interface TransactionContract extends PromotingRegistry {

    /** The end of a process: nothing catches it. */
    final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    default void movesTheTagsOfASetAndKeepsEveryByte() throws IOException, InterruptedException {
        TwoReleases releases = releases();

        PromotedTags promoted = promotion(registry(), Journal.NONE).promote(releases.request(TwoReleases.TAGS));

        releases.assertStandAtTheSecond(TwoReleases.TAGS);
        assertThat(promoted.unrecorded()).isEmpty();
    }

    @Test
    default void changesNothingTheSecondTime() throws IOException, InterruptedException {
        TwoReleases releases = releases();
        promotion(registry(), Journal.NONE).promote(releases.request(TwoReleases.TAGS));

        PromotedTags again = promotion(registry(), Journal.NONE).promote(releases.request(TwoReleases.TAGS));

        assertThat(again.isChanged()).isFalse();
    }

    @Test
    default void putsEveryTagBackByteForByteWhereOneIsRefused() throws InterruptedException {
        TwoReleases releases = releases();
        Promotion promotion = promotion(refusing(releases.repository(1), "latest"), new MemoryJournal());

        assertThatThrownBy(() -> promotion.promote(releases.request(TwoReleases.STANDING)))
                .hasMessage("Nothing was promoted, and every tag that had moved is back where it was: You may not push."
                        + " Ask for the right.");

        releases.assertStandAtTheFirst();
    }

    @Test
    default void takesAwayTagsThatWereNotThereOrNamesEach() throws IOException, InterruptedException {
        TwoReleases releases = releases();
        Repository api = releases.repository(0);
        MemoryJournal journal = new MemoryJournal();
        Promotion refused = promotion(refusing(releases.repository(1), "latest"), journal);

        if (removesTags()) {
            assertThatThrownBy(() -> refused.promote(releases.request(TwoReleases.TAGS)))
                    .hasMessageStartingWith(
                            "Nothing was promoted, and every tag that had moved is back where it was: ");
            assertThat(registry().find(api, new Tag("1.4.2"))).isEmpty();
        } else {
            assertThatThrownBy(() -> refused.promote(releases.request(TwoReleases.TAGS)))
                    .hasMessageStartingWith("Not every tag could be put back after this: You may not push.\n- ")
                    .hasMessageContaining("\n- " + api + ":1.4.2 may lead to "
                            + releases.second(0).digest() + " instead of nothing: ")
                    .hasMessageEndingWith(
                            " The registry removes no tags by its API: remove these in its own way, or promote again.")
                    .hasMessageNotContaining(":stable ");
        }

        releases.assertStandAtTheFirst();
        assertThat(journal.unfinished()).isEmpty();
        releases.assertHas(api, releases.second(0).digest());
        promotion(registry(), journal).promote(releases.request(TwoReleases.TAGS));
        releases.assertStandAtTheSecond(TwoReleases.TAGS);
    }

    @Test
    default void finishesWhatAnotherProcessBegan() throws IOException, InterruptedException {
        TwoReleases releases = releases();
        MemoryJournal journal = new MemoryJournal();
        Registry dying = registry((repository, tag) -> {
            if (repository.equals(releases.repository(1)) && tag.name().equals("latest")) {
                journal.beforeEachEntry(() -> {
                    throw new Killed();
                });
                throw new Killed();
            }
        });
        try {
            promotion(dying, journal).promote(releases.request(TwoReleases.TAGS));
        } catch (Killed e) {
            assertThat(journal.size()).isPositive();
        }
        journal.beforeEachEntry(() -> {});

        promotion(registry(), journal).recover();

        releases.assertStandAtTheSecond(TwoReleases.TAGS);
    }

    @Test
    default void leavesATagToWhoeverMovedItMeanwhile() throws IOException, InterruptedException {
        TwoReleases releases = releases();
        Repository web = releases.repository(1);
        AtomicBoolean moved = new AtomicBoolean();
        Registry raced = registry((repository, tag) -> {
            if (repository.equals(web) && tag.name().equals("latest") && moved.compareAndSet(false, true)) {
                registry()
                        .put(
                                web,
                                tag,
                                registry()
                                        .find(
                                                web,
                                                releases.first(1)
                                                        .children()
                                                        .get(0)
                                                        .digest())
                                        .orElseThrow());
            }
        });

        PromotedTags promoted = promotion(raced, new MemoryJournal()).promote(releases.request(TwoReleases.STANDING));

        assertThat(promoted.supersededBy())
                .isEqualTo(releases.first(1).children().get(0).digest().toString());
        releases.assertSame(web, new Tag("stable"), releases.first(1));
        releases.assertSame(releases.repository(0), Tag.LATEST, releases.first(0));
    }
}
