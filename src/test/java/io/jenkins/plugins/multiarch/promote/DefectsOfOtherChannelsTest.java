package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What release scripts of others do to the documents of channels, and on the way back, and what we do. */
class DefectsOfOtherChannelsTest {
    private static final ChannelTarget PROD = ChannelTarget.parse("a.example/acme/metadata:prod");

    private final ReleaseHistory history = new ReleaseHistory();

    @BeforeEach
    void releaseTheFirst() throws IOException, InterruptedException {
        release("1.0.0");
    }

    private void release(String version) throws IOException, InterruptedException {
        history.promotion().promote(history.request(version, "api", "web").channelled(Optional.of(PROD)));
    }

    private ChannelDocument document() throws InterruptedException {
        return new Channels(history.registry).read(PROD);
    }

    private void tag(String name, String version) throws InterruptedException {
        history.registry.put(ReleaseHistory.repository(name), Tag.LATEST, history.image(name, version));
    }

    private void refuse(String repository) {
        history.registry.before(request -> {
            if (request.startsWith("PUT " + repository + " ") || request.startsWith("PUT-BLOB " + repository + " ")) {
                throw new RegistryException("You may not push.", "Ask for the right.", 403, "DENIED", false, null);
            }
        });
    }

    /** Tags are moved, and the document of the channel is pushed behind them, where it may fail. */
    @Test
    void movesNoTagWhereTheDocumentCannotBeWritten() throws InterruptedException {
        refuse("a.example/acme/metadata");
        tag("api", "1.1.0");
        assertThat(history.tagged("api", "latest")).contains(history.digest("api", "1.1.0"));
        assertThat(document().images()).contains(history.reference("api", "1.0.0"));
        tag("api", "1.0.0");

        assertThatThrownBy(() -> release("1.1.0")).isInstanceOf(ReleaseException.class);

        assertThat(history.tagged("api", "latest")).contains(history.digest("api", "1.0.0"));
        assertThat(document().version()).isEqualTo("1.0.0");
    }

    /** The clean-up of a release that failed deletes what the channel led to, which was the good one before it. */
    @Test
    void keepsTheDocumentOfTheReleaseBeforeWhereOneFails() throws IOException, InterruptedException {
        ReleaseHistory other = new ReleaseHistory();
        other.promotion().promote(other.request("1.0.0", "api").channelled(Optional.of(PROD)));
        other.registry.delete(
                PROD.repository(), other.tagged("metadata", "prod").orElseThrow());
        assertThatThrownBy(() -> new Channels(other.registry).read(PROD))
                .hasMessageStartingWith("There is no channel ");
        refuse("a.example/acme/web");

        assertThatThrownBy(() -> release("1.1.0")).isInstanceOf(ReleaseException.class);

        assertThat(document().version()).isEqualTo("1.0.0");
        assertThat(history.tagged("metadata", "channels")).isEqualTo(history.tagged("metadata", "prod"));
    }

    /** One image after the other by hand, each with a new index around what some tag led to. */
    @Test
    void goesBackWithAllImagesToTheBytesThatWereSigned() throws IOException, InterruptedException {
        release("1.1.0");
        Manifest good = history.image("api", "1.0.0");
        ImageIndex wrapped = ImageIndex.of(good.children(), Map.of("org.opencontainers.image.created", "today"));
        history.registry.put(ReleaseHistory.repository("api"), Tag.LATEST, wrapped);
        assertThat(history.tagged("api", "latest")).contains(wrapped.digest()).isNotEqualTo(Optional.of(good.digest()));
        assertThat(history.tagged("web", "latest")).contains(history.digest("web", "1.1.0"));
        tag("api", "1.1.0");

        history.rollback()
                .rollBack(ReleaseHistory.back("previous", "api", "web").channelled(Optional.of(PROD)));

        for (String name : new String[] {"api", "web"}) {
            Digest before = history.digest(name, "1.0.0");
            assertThat(history.tagged(name, "latest")).contains(before);
            assertThat(document().images()).contains(ImageRef.of(ReleaseHistory.repository(name), before));
        }
    }
}
