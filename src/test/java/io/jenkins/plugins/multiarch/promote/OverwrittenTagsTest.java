package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A newer release that overwrites an older one, which came between, and then cannot go on. */
class OverwrittenTagsTest {
    private static final Repository APP = Repository.parse("a.example/acme/app");
    private static final Tag STABLE = new Tag("stable");
    private static final List<Tag> TAGS = List.of(STABLE, Tag.LATEST);

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final MemoryJournal journal = new MemoryJournal();
    private final List<String> log = new ArrayList<>();
    private final Promotion promotion = new Promotion(registry, log::add, journal, new TagLocks());
    private ImageIndex second;
    private ImageIndex third;

    /** The end of a process: nothing catches it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void publish() throws InterruptedException {
        ImageIndex first = index("1.4.1");
        second = index("1.4.2");
        third = index("1.4.3");
        TAGS.forEach(tag -> registry.plant(APP, tag, first));
    }

    private ImageIndex index(String version) throws InterruptedException {
        Descriptor image = new SampleImages(registry, APP)
                .image("linux/amd64", version)
                .descriptor()
                .withPlatform(Platform.parse("linux/amd64"));
        ImageIndex index = ImageIndex.of(List.of(image), Map.of("org.opencontainers.image.version", version));
        registry.put(APP, index.digest(), index);
        return index;
    }

    private PromotionRequest request() {
        return new PromotionRequest(List.of(ImageRef.of(APP, third.digest())), TAGS, List.of())
                .guarded(Guards.NONE.order(Order.byVersion()));
    }

    /** Another machine moves all tags to the second release, when ours were looked at. */
    private void comeBetween(Survey survey) {
        TAGS.forEach(tag -> registry.plant(APP, tag, second));
    }

    private Optional<Digest> at(Tag tag) throws InterruptedException {
        return registry.head(APP, tag).map(Descriptor::digest);
    }

    @Test
    void areOverwritten() throws Exception {
        promotion.promote(request(), this::comeBetween);

        assertThat(at(STABLE)).contains(third.digest());
        assertThat(at(Tag.LATEST)).contains(third.digest());
        assertThat(log).contains("Moved " + APP + ":stable from " + second.digest() + " to " + third.digest() + ".");
    }

    @Test
    void goBackToWhatCameBetween() throws Exception {
        registry.before(request -> {
            if (request.equals("PUT " + APP + " latest")) {
                throw new RegistryException("You may not push.", "Ask for the right.", 403, "DENIED", false, null);
            }
        });

        assertThatThrownBy(() -> promotion.promote(request(), this::comeBetween))
                .hasMessage("Nothing was promoted, and every tag that had moved is back where it was: You may not push."
                        + " Ask for the right.");

        assertThat(at(STABLE)).contains(second.digest());
        assertThat(at(Tag.LATEST)).contains(second.digest());
    }

    @Test
    void goBackToWhatCameBetweenAfterACrashToo() throws Exception {
        registry.before(request -> {
            if (request.equals("PUT " + APP + " latest")) {
                journal.beforeEachEntry(() -> {
                    throw new Killed();
                });
                throw new Killed();
            }
        });
        assertThatThrownBy(() -> promotion.promote(request(), this::comeBetween))
                .isInstanceOf(Killed.class);
        journal.beforeEachEntry(() -> {});
        ImageIndex theirs = index("1.4.4");
        registry.before(request -> {});
        registry.plant(APP, Tag.LATEST, theirs);

        promotion.recover();

        assertThat(at(STABLE)).contains(second.digest());
        assertThat(at(Tag.LATEST)).contains(theirs.digest());
        assertThat(log).contains("Restored " + APP + ":stable to " + second.digest() + ".");
    }

    @Test
    void areWrittenDownBeforeTheyAreGone() throws Exception {
        registry.before(request -> {
            if (request.equals("PUT " + APP + " stable")) {
                journal.beforeEachEntry(() -> {
                    throw new Killed();
                });
                throw new Killed();
            }
        });

        assertThatThrownBy(() -> promotion.promote(request(), this::comeBetween))
                .isInstanceOf(Killed.class);

        assertThat(journal.entries().get(1))
                .isEqualTo(new JournalEntry.Overwriting(
                        new TagChange(new TagName(APP, STABLE), Optional.of(second.digest()), third.digest())));
        assertThat(journal.entries().get(1).isDecision()).isTrue();
        assertThat(at(STABLE)).contains(second.digest());
    }
}
