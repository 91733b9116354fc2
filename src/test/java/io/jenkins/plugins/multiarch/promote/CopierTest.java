package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.promote.PromotionRequest.MirrorLag;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Images that are copied in another place than where their tags are moved. */
class CopierTest {
    private final FakeRegistry registry = FakeRegistry.start();
    private final FakeRegistry mirror = FakeRegistry.start();
    private final ReleaseSet release = new ReleaseSet(registry);
    private final Registry client = HttpRegistry.builder().build();
    private final List<Copier.Copy> asked = new ArrayList<>();

    @AfterEach
    void stop() {
        registry.close();
        mirror.close();
    }

    private PromotedTags promote(Copier copier, MirrorLag lag) throws IOException, InterruptedException {
        return new Promotion(client, line -> {}, new MemoryJournal(), new TagLocks(), copier, Optional.empty())
                .promote(release.request().mirrored(List.of(Mirror.parse(mirror.address() + "/copy/")), lag));
    }

    @Test
    void isAskedOnceForAllBeforeAnyTagMoves() throws IOException, InterruptedException {
        Copier here = Copier.here(client, line -> {});

        promote(
                copies -> {
                    assertThat(release.state()).isEqualTo("old");
                    assertThat(asked).isEmpty();
                    asked.addAll(copies);
                    here.bring(copies);
                },
                MirrorLag.FAILS);

        assertThat(asked).extracting(Copier.Copy::image).containsExactlyInAnyOrderElementsOf(release.images());
        assertThat(asked)
                .extracting(copy -> copy.target().toString())
                .allMatch(target -> target.startsWith(mirror.address() + "/copy/"));
        assertThat(release.state()).isEqualTo("new");
        assertThat(mirror.tags("copy/api")).containsExactly("1.4.2", "latest", "stable");
    }

    @Test
    void leavesEveryTagWhereItIsWhenItIsLost() {
        assertThatThrownBy(() -> promote(
                        copies -> {
                            throw new IOException("the agent is gone");
                        },
                        MirrorLag.REPORTED))
                .hasMessage("the agent is gone");

        assertThat(release.state()).isEqualTo("old");
    }

    @Test
    void letsTheReleaseGoOnWithoutAMirrorThatRefuses() throws IOException, InterruptedException {
        PromotedTags promoted = promote(
                copies -> {
                    throw new ReleaseException("The mirror is full.", "Delete something.");
                },
                MirrorLag.REPORTED);

        assertThat(release.state()).isEqualTo("new");
        assertThat(promoted.lagging()).singleElement().asString().endsWith("stays behind: The mirror is full.");
    }
}
