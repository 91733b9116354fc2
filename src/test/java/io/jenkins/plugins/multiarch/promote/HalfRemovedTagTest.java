package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A new tag that is taken back on a registry that removes none, so that it leads to an artifact of ours for a moment. */
class HalfRemovedTagTest {
    private static final Repository APP = Repository.parse("a.example/acme/app");
    private static final Tag NEW = new Tag("1.4.2");
    private static final String PUT_NEW = "PUT " + APP + " " + NEW;

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final List<String> log = new ArrayList<>();
    private final MemoryJournal journal = new MemoryJournal();
    private final Promotion promotion = new Promotion(registry, log::add, journal, new TagLocks());
    private Manifest old;
    private Manifest image;

    /** The end of a process: nothing catches it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private void publish() throws InterruptedException {
        SampleImages samples = new SampleImages(registry, APP);
        old = samples.image("linux/amd64", "old");
        image = samples.image("linux/amd64", "new");
        samples.tag("latest", old);
    }

    private PromotionRequest request() {
        return new PromotionRequest(List.of(ImageRef.of(APP, image.digest())), List.of(NEW, Tag.LATEST), List.of());
    }

    private static RegistryException answer(int status) {
        return new RegistryException("It said " + status + ".", "Ask.", status, "", false, null);
    }

    /** Deletes no tag, and lets nobody move latest. */
    private static void limits(String request) {
        if (request.equals("DELETE " + APP + " " + NEW)) {
            throw answer(405);
        }
        if (request.equals("PUT " + APP + " latest")) {
            throw answer(403);
        }
    }

    private Optional<Digest> at(Tag tag) throws InterruptedException {
        return registry.head(APP, tag).map(Descriptor::digest);
    }

    private boolean isBack() throws InterruptedException {
        return at(NEW).isEmpty() && at(Tag.LATEST).equals(Optional.of(old.digest()));
    }

    @Test
    void isRemovedToTheEndWhereverTheProcessDies() throws IOException, InterruptedException {
        for (int number = 1; number < 60; number++) {
            HalfRemovedTagTest run = new HalfRemovedTagTest();
            run.publish();
            boolean died = run.diesAtRequest(number);
            run.registry.before(HalfRemovedTagTest::limits);

            try {
                run.promotion.recover();
            } catch (RegistryException e) {
                throw new AssertionError("at request " + number, e);
            } catch (ReleaseException e) {
                assertThat(e).hasMessageStartingWith("Nothing was promoted, and every tag that had moved is back");
            }

            assertThat(run.isBack()).as("at request %d", number).isTrue();
            if (!died) {
                return;
            }
        }
        throw new AssertionError("it takes fewer requests than that");
    }

    private boolean diesAtRequest(int number) throws IOException, InterruptedException {
        AtomicInteger seen = new AtomicInteger();
        registry.before(request -> {
            if (seen.incrementAndGet() >= number) {
                throw new Killed();
            }
            limits(request);
        });
        journal.beforeEachEntry(() -> {
            if (seen.get() >= number) {
                throw new Killed();
            }
        });
        try {
            promotion.promote(request());
        } catch (Killed e) {
            assertThat(seen.get()).isGreaterThanOrEqualTo(number);
        } catch (ReleaseException e) {
            assertThat(e)
                    .hasMessageStartingWith(
                            seen.get() < number
                                    ? "Nothing was promoted, and every tag that had moved is back"
                                    : "Not every tag could be put back");
        }
        journal.beforeEachEntry(() -> {});
        return seen.get() >= number;
    }

    /** Lets the artifact of ours be deleted once, and then no more. */
    private InMemoryRegistry.Hook stuck(RuntimeException ending) {
        AtomicInteger deletions = new AtomicInteger();
        return request -> {
            limits(request);
            if (request.startsWith("DELETE " + APP + " sha256:") && deletions.incrementAndGet() == 2) {
                throw ending;
            }
        };
    }

    @Test
    void leadsToTheImageAgainWhereTheArtifactIsNotDeleted() throws InterruptedException {
        publish();
        registry.before(stuck(answer(500)));

        assertThatThrownBy(() -> promotion.promote(request()))
                .hasMessageContaining("\n- " + APP + ":1.4.2 may lead to " + image.digest()
                        + " instead of nothing: It said" + " 500.");

        assertThat(at(NEW)).contains(image.digest());
    }

    @Test
    void leadsToTheImageAgainWhereTheRemovalIsStopped() throws IOException, InterruptedException {
        publish();
        AtomicInteger deletions = new AtomicInteger();
        registry.before(request -> {
            limits(request);
            if (request.startsWith("DELETE " + APP + " sha256:") && deletions.incrementAndGet() == 2) {
                throw new InterruptedException("stopped twice");
            }
        });

        assertThatThrownBy(() -> promotion.promote(request())).isInstanceOf(InterruptedException.class);

        assertThat(at(NEW)).contains(image.digest());
        promotion.recover();
        assertThat(isBack()).isTrue();
    }

    @Test
    void isNamedAndRemovedLaterWhereItLeadsToTheArtifactStill() throws IOException, InterruptedException {
        publish();
        AtomicInteger moves = new AtomicInteger();
        InMemoryRegistry.Hook stuck = stuck(answer(500));
        registry.before(request -> {
            stuck.see(request);
            if (request.equals(PUT_NEW) && moves.incrementAndGet() == 3) {
                throw answer(500);
            }
        });

        assertThatThrownBy(() -> promotion.promote(request()))
                .hasMessageStartingWith("Not every tag could be put back after this: It said 403.\n- ")
                .hasMessageContaining(APP + ":1.4.2 may lead to sha256:")
                .hasMessageContaining(", which is ours and stands there while a tag is removed: It said 500.");
        assertThat(at(NEW)).isPresent().isNotEqualTo(Optional.of(image.digest()));
        registry.before(HalfRemovedTagTest::limits);
        promotion.recover();

        assertThat(isBack()).isTrue();
        assertThat(log).contains("Removed " + APP + ":1.4.2, which was not there before.");
    }

    /** As where it deletes only what no tag leads to. */
    @Test
    void leadsToTheImageForGoodWhereTheRegistryTurnsOutToDeleteNoTaggedOne() throws IOException, InterruptedException {
        publish();
        AtomicInteger deletions = new AtomicInteger();
        registry.before(request -> {
            limits(request);
            if (request.startsWith("DELETE " + APP + " sha256:") && deletions.incrementAndGet() == 2) {
                throw new Killed();
            }
        });
        assertThatThrownBy(() -> promotion.promote(request())).hasMessageContaining("this process has failed");
        registry.before(request -> {
            limits(request);
            if (request.startsWith("DELETE " + APP + " sha256:") && deletions.incrementAndGet() % 2 == 1) {
                throw answer(403);
            }
        });

        assertThatThrownBy(promotion::recover)
                .hasMessageContaining("\n- " + APP + ":1.4.2 may lead to " + image.digest() + " instead of nothing: ")
                .hasMessageEndingWith("remove these in its own way, or promote again.");

        assertThat(at(NEW)).contains(image.digest());
        assertThat(promotion.recover()).isEmpty();
    }
}
