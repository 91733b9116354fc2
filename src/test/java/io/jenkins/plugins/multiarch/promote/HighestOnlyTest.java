package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions as Python writes them, and such as nobody can read, under the guards. */
class HighestOnlyTest {
    private static final Repository APP = Repository.parse("a.example/acme/app");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SampleImages images = new SampleImages(registry, APP);
    private final List<String> log = new ArrayList<>();

    private ImageIndex release(String version) throws InterruptedException {
        Map<String, String> said = version.isEmpty() ? Map.of() : Map.of("org.opencontainers.image.version", version);
        Manifest child = images.image("linux/amd64", "built as " + said);
        return images.put(ImageIndex.of(List.of(child.descriptor().withPlatform(Platform.parse("linux/amd64"))), said));
    }

    private void released(String version, String... tags) throws InterruptedException {
        for (String tag : tags) {
            images.tag(tag, release(version));
        }
    }

    private void promote(Manifest image, Guards guards, String... tags) throws IOException, InterruptedException {
        new Promotion(registry, log::add, Journal.NONE, new TagLocks())
                .promote(new PromotionRequest(
                                List.of(ImageRef.of(APP, image.digest())), Tag.parseAll(List.of(tags)), List.of())
                        .guarded(guards));
    }

    private Optional<Digest> latest() throws InterruptedException {
        return registry.head(APP, Tag.LATEST).map(found -> found.digest());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "1.5.0rc1, 1.5.0rc1, 1.5.0rc1 is a prerelease",
                "~~, 1.5.0rc1, 1.5.0rc1 is a prerelease",
                "1.5.0.dev3, 1.5.0.dev3, 1.5.0.dev3 is a prerelease",
                "1.4.0.post2, 1.4.0.post2, 1.4.0.post2 is lower than 1.4.1.post1",
                "1.4, 1.4, 1.4 is lower than 1.4.1.post1",
                "1.4.1, 1.4.1, 1.4.1 is lower than 1.4.1.post1",
                "nightly, other, 'nightly' cannot be compared with 1.4.1.post1",
                "24.04, 1.3.0, 1.3.0 is lower than 1.4.1.post1"
            })
    void keepsLatestAtTheHighestReleaseByPep440(String version, String tag, String reason)
            throws IOException, InterruptedException {
        released("1.4.1.post1", "1.4.1.post1", "latest");
        released("1.4.1", "1.4.1");
        Optional<Digest> before = latest();

        promote(release(version), Guards.DEFAULT, tag, "latest");

        assertThat(latest()).isEqualTo(before);
        assertThat(log).endsWith("Kept " + APP + ":latest at " + before.orElseThrow() + ": " + reason + ".");
    }

    @ParameterizedTest
    @CsvSource({"1.4.2, 1.4.2", "1.4.1.post2, 1.4.1.post2", "2.0, 2.0", "24.04, 1.5.0", "'', candidate"})
    void givesLatestToTheHighestReleaseByPep440(String version, String tag) throws IOException, InterruptedException {
        released("1.4.1.post1", "1.4.1.post1", "1.4", "20261121", "57", "latest");
        Manifest next = release(version);

        promote(next, Guards.DEFAULT, tag, "latest");

        assertThat(latest()).contains(next.digest());
    }

    @Test
    void givesLatestToAnUnreadableVersionWhereNothingWasReleased() throws IOException, InterruptedException {
        released("main", "main", "latest");
        Manifest next = release("main-2");

        promote(next, Guards.DEFAULT, "main", "latest");

        assertThat(latest()).contains(next.digest());
    }

    /** Both say what the image that they were built on said. */
    @Test
    void comparesNoVersionThatAnImageHasFromItsBase() throws IOException, InterruptedException {
        released("24.04", "1.4.2", "latest");
        Manifest next = images.put(ImageIndex.of(
                release("").images(), Map.of("org.opencontainers.image.version", "24.04", "built", "later")));

        promote(next, Guards.DEFAULT, "1.4.3", "latest");

        assertThat(latest()).contains(next.digest());
    }

    @Test
    void refusesToGoBackByPep440() throws IOException, InterruptedException {
        Guards ordered = Guards.NONE.order(Order.byVersion());
        released("1.5.0rc1", "stable");
        promote(release("1.5.0rc2"), ordered, "stable");
        Manifest dev = release("1.5.0.dev1");
        Manifest release = release("1.5.0");

        assertThatThrownBy(() -> promote(dev, ordered, "stable"))
                .hasMessage(APP + ":stable was not moved: it is at 1.5.0rc2, and " + APP + "@" + dev.digest()
                        + " is 1.5.0.dev1, which is older. Promote a newer image, or leave the order out to go back on"
                        + " purpose.");
        promote(release, ordered, "stable");
    }

    @Test
    void placesNoVersionsBesideEachOtherThatHaveNoSchemeInCommon() throws InterruptedException {
        released("1.5.0.post1", "stable");
        Manifest other = release("1.5.0-alpine");

        assertThatThrownBy(() -> promote(other, Guards.NONE.order(Order.byVersion()), "stable"))
                .hasMessageStartingWith(APP + ":stable was not moved: by version neither 1.5.0.post1, where it is, nor"
                        + " 1.5.0-alpine is the newer one.");
    }
}
