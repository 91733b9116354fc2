package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two machines that promote the same tags without an order, each of which sees a tag of the other's and gives way. */
class GivingWayTest {
    private static final Repository APP = Repository.parse("a.example/acme/app");
    private static final Tag FIRST = new Tag("1.4");
    private static final Tag SECOND = new Tag("stable");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final List<String> log = new ArrayList<>();
    private Manifest old;
    private Manifest ours;
    private Manifest theirs;

    @BeforeEach
    void publish() throws InterruptedException {
        SampleImages samples = new SampleImages(registry, APP);
        old = samples.image("linux/amd64", "old");
        ours = samples.image("linux/amd64", "ours");
        theirs = samples.image("linux/amd64", "theirs");
        registry.plant(APP, FIRST, old);
        registry.plant(APP, SECOND, old);
    }

    private PromotedTags promote(Consumer<String> lines) throws Exception {
        return promote(List.of(FIRST, SECOND), lines);
    }

    private PromotedTags promote(List<Tag> tags, Consumer<String> lines) throws Exception {
        PromotionRequest request = new PromotionRequest(List.of(ImageRef.of(APP, ours.digest())), tags, List.of());
        Consumer<String> both = line -> {
            log.add(line);
            lines.accept(line);
        };
        return new Promotion(registry, both, new MemoryJournal(), new TagLocks()).promote(request);
    }

    /** Runs something before a request, the first time only. */
    private void onceBefore(String awaited, Runnable act) {
        boolean[] done = {false};
        registry.before(request -> {
            if (request.equals(awaited) && !done[0]) {
                done[0] = true;
                act.run();
            }
        });
    }

    private List<Optional<Digest>> state() throws InterruptedException {
        return List.of(
                registry.head(APP, FIRST).map(Descriptor::digest),
                registry.head(APP, SECOND).map(Descriptor::digest));
    }

    private List<Optional<Digest>> all(Manifest manifest) {
        return List.of(Optional.of(manifest.digest()), Optional.of(manifest.digest()));
    }

    /** Theirs is half done when ours looks, they set the other tag, and see ours on the first one. */
    @Test
    void endsWithTheOneThatLooksLast() throws Exception {
        registry.plant(APP, FIRST, theirs);
        onceBefore("PUT " + APP + " " + FIRST, () -> registry.plant(APP, SECOND, theirs));

        PromotedTags promoted = promote(line -> {
            if (line.startsWith("Restored " + APP + ":" + FIRST)) {
                registry.plant(APP, SECOND, old);
            }
        });

        assertThat(state()).isEqualTo(all(ours));
        assertThat(promoted.isSuperseded()).isFalse();
        assertThat(log).contains("Trying again: whoever set " + APP + ":stable has given way too.");
    }

    /** The same from the other side: they give back what was ours when we have left it to them. */
    @Test
    void endsWithTheOneThatWasFirstWhereItsTagIsGivenBack() throws Exception {
        Tag prod = new Tag("prod");
        registry.plant(APP, prod, old);

        PromotedTags promoted = promote(List.of(prod, SECOND), line -> {
            if (line.startsWith("Moved " + APP + ":prod")) {
                registry.plant(APP, prod, theirs);
            }
            if (line.startsWith("Left " + APP + ":prod")) {
                registry.plant(APP, prod, ours);
            }
        });

        assertThat(registry.head(APP, prod).map(Descriptor::digest)).contains(ours.digest());
        assertThat(registry.head(APP, SECOND).map(Descriptor::digest)).contains(ours.digest());
        assertThat(promoted.isSuperseded()).isFalse();
    }

    @Test
    void isAllThereIsWhereTheOtherWon() throws Exception {
        registry.plant(APP, FIRST, theirs);
        onceBefore("PUT " + APP + " " + FIRST, () -> registry.plant(APP, SECOND, theirs));

        PromotedTags promoted = promote(line -> {});

        assertThat(state()).isEqualTo(all(theirs));
        assertThat(promoted.supersededBy()).isEqualTo(theirs.digest().toString());
        assertThat(log).noneMatch(line -> line.startsWith("Trying again"));
    }

    /** Whoever always comes between wins in the end. */
    @Test
    void isTriedThreeTimes() throws Exception {
        registry.before(request -> {
            if (request.equals("PUT " + APP + " " + FIRST)) {
                registry.plant(APP, SECOND, theirs);
            }
        });

        PromotedTags promoted = promote(line -> {
            if (line.startsWith("Restored " + APP + ":" + FIRST)) {
                registry.plant(APP, SECOND, old);
            }
        });

        assertThat(promoted.isSuperseded()).isTrue();
        assertThat(log.stream().filter(line -> line.startsWith("Trying again"))).hasSize(2);
        assertThat(state()).isEqualTo(all(old));
    }
}
