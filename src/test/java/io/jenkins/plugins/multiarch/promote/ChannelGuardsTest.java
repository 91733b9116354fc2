package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Guards hold for the document of a channel as they do for tags. */
class ChannelGuardsTest {
    private static final ChannelTarget PROD = ChannelTarget.parse("a.example/acme/metadata:prod");
    private static final Repository API = Repository.parse("a.example/acme/api");
    private static final Repository WEB = Repository.parse("a.example/acme/web");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final List<String> log = new ArrayList<>();
    private final Promotion promotion = new Promotion(registry, log::add, Journal.NONE, new TagLocks());

    private ImageRef image(Repository repository, String version, String... platforms) throws InterruptedException {
        SampleImages images = new SampleImages(registry, repository);
        List<Descriptor> children = new ArrayList<>();
        for (String platform : platforms) {
            children.add(
                    images.image(platform, version + platform).descriptor().withPlatform(Platform.parse(platform)));
        }
        ImageIndex index = images.put(ImageIndex.of(children, Map.of("org.opencontainers.image.version", version)));
        return ImageRef.of(repository, index.digest());
    }

    private ImageRef api(String version) throws InterruptedException {
        return image(API, version, "linux/amd64");
    }

    private PromotionRequest request(Guards guards, List<ImageRef> images, String... tags) {
        return new PromotionRequest(images, Tag.parseAll(List.of(tags)), List.of())
                .guarded(guards)
                .channelled(Optional.of(PROD));
    }

    private PromotedTags promote(Guards guards, List<ImageRef> images, String... tags)
            throws IOException, InterruptedException {
        return promotion.promote(request(guards, images, tags));
    }

    private ChannelDocument document() throws InterruptedException {
        return new Channels(registry).read(PROD);
    }

    private Optional<Digest> prod() throws InterruptedException {
        return registry.head(PROD.repository(), PROD.channel()).map(Descriptor::digest);
    }

    private Digest standsAt(String version) throws IOException, InterruptedException {
        promote(Guards.NONE, List.of(api(version)), version, "latest");
        return prod().orElseThrow();
    }

    @Test
    void leaveTheChannelWhereTheReleaseGetsNoTag() throws IOException, InterruptedException {
        Digest before = standsAt("2.0.0");

        PromotedTags promoted = promote(Guards.DEFAULT, List.of(api("1.4.3")), "latest");

        assertThat(prod()).contains(before);
        assertThat(log).contains("Kept " + PROD + " at " + before + ": no tag leads to every image of this release.");
        assertThat(promoted.tags())
                .filteredOn(tag -> tag.repository().equals(PROD.repository()))
                .singleElement()
                .matches(tag -> !tag.changed() && tag.digest().equals(before));
    }

    @Test
    void leaveTheChannelWhereOneImageGetsNoTag() throws IOException, InterruptedException {
        new SampleImages(registry, WEB).tag("2.0.0", registry.get(image(WEB, "2.0.0", "linux/amd64")));

        promote(Guards.DEFAULT, List.of(api("1.4.3"), image(WEB, "1.4.3", "linux/amd64")), "latest");

        assertThat(prod()).isEmpty();
        assertThat(log).contains("Left out " + PROD + ": no tag leads to every image of this release.");
    }

    @Test
    void nameNoTagThatStayedWhereItWas() throws IOException, InterruptedException {
        new SampleImages(registry, API).tag("2.0.0", registry.get(api("2.0.0")));

        promote(Guards.DEFAULT, List.of(api("1.4.3")), "1.4.3", "1.4", "latest");

        assertThat(document().immutableTag()).isEqualTo("1.4.3");
        assertThat(document().movingTags()).containsExactly("1.4");
    }

    @Test
    void keepAChannelAtAHigherRelease() throws IOException, InterruptedException {
        Digest before = standsAt("2.0.0");

        promote(Guards.DEFAULT, List.of(api("1.4.3")), "1.4.3");

        assertThat(prod()).contains(before);
        assertThat(log).contains("Kept " + PROD + " at " + before + ": 1.4.3 is lower than 2.0.0.");
        assertThat(registry.head(API, new Tag("1.4.3"))).isPresent();
    }

    @Test
    void keepAChannelAtAHigherReleaseWhereAnOrderIsAskedForToo() throws IOException, InterruptedException {
        Digest before = standsAt("2.0.0");

        promote(Guards.DEFAULT.order(Order.byVersion()), List.of(api("1.4.3")), "1.4.3");

        assertThat(prod()).contains(before);
    }

    /** A way to build versions that git tells, as 1.4.2-3-gabcdef, counts down behind each release. */
    @Test
    void letAPrereleaseOntoAChannelBehindARelease() throws IOException, InterruptedException {
        standsAt("1.4.2");

        promote(Guards.DEFAULT, List.of(api("1.4.2-3-gabcdef")), "edge");

        assertThat(document().version()).isEqualTo("1.4.2-3-gabcdef");
    }

    @Test
    void moveAChannelToAHigherRelease() throws IOException, InterruptedException {
        standsAt("1.4.3");

        promote(Guards.DEFAULT.order(Order.byVersion()), List.of(api("2.0.0")), "2.0.0", "latest");

        assertThat(document().version()).isEqualTo("2.0.0");
        assertThat(document().history()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.9.0-rc.1", "1.9.0"})
    void refuseAnOrderThatGoesBackwards(String older) throws IOException, InterruptedException {
        Digest before = standsAt("2.0.0");
        ImageRef image = api(older);

        assertThatThrownBy(() -> promote(Guards.NONE.order(Order.byVersion()), List.of(image), "edge"))
                .hasMessage(PROD + " was not moved: it is at 2.0.0, and " + image + " is " + older
                        + ", which is older. Promote a newer image, or leave the order out to go back on purpose.");
        assertThat(prod()).contains(before);
        assertThat(registry.head(API, new Tag("edge"))).isEmpty();
    }

    @Test
    void yieldToAChannelThatIsNewer() throws IOException, InterruptedException {
        Digest before = standsAt("2.0.0");

        PromotedTags promoted =
                promote(Guards.NONE.order(Order.byVersion()).yields(true), List.of(api("1.9.0")), "edge");

        assertThat(promoted.supersededBy()).isEqualTo("2.0.0 (" + api("2.0.0").requireDigest() + ")");
        assertThat(prod()).contains(before);
    }

    @Test
    void keepPrereleasesOffAChannelThatIsForTheHighest() throws IOException, InterruptedException {
        Digest before = standsAt("2.0.0");
        Guards guards = Guards.NONE.highestOnly(List.of(PROD.channel()));

        promote(guards, List.of(api("2.1.0-rc.1")), "edge");

        assertThat(prod()).contains(before);
        assertThat(log).contains("Kept " + PROD + " at " + before + ": 2.1.0-rc.1 is a prerelease.");
    }

    @Test
    void refuseToMoveAChannelThatIsImmutable() throws IOException, InterruptedException {
        Digest before = standsAt("2.0.0");
        Guards guards = Guards.NONE.immutable(List.of(TagPattern.parse("prod")));

        assertThatThrownBy(() -> promote(guards, List.of(api("2.1.0")), "edge"))
                .hasMessage(PROD + " was not moved: it leads to " + before + " already, and tags like 'prod' never"
                        + " move. Give the release a tag of its own, or leave this one out.");
        promote(guards, List.of(api("2.0.0")), "2.0.0", "latest");
    }

    @Test
    void refuseAChannelThatWouldLoseAPlatform() throws IOException, InterruptedException {
        ImageRef two = image(API, "2.0.0", "linux/amd64", "linux/arm64");
        promote(Guards.NONE, List.of(two), "2.0.0");
        ImageRef one = api("2.1.0");

        assertThatThrownBy(() -> promote(Guards.DEFAULT, List.of(one), "2.1.0"))
                .hasMessage(PROD + " was not moved: " + one + " lacks linux/arm64, which " + two.requireDigest()
                        + " has. Build the missing platforms, or allow their loss.");
    }

    @Test
    void compareNoImageThatIsGone() throws IOException, InterruptedException {
        standsAt("1.9.0");
        registry.delete(API, api("1.9.0").requireDigest());
        ImageRef next = api("2.0.0");

        promote(Guards.DEFAULT.order(Order.byVersion()), List.of(next), "2.0.0");

        assertThat(document().images()).containsExactly(next);
    }

    @Test
    void areToldByAPlan() throws IOException, InterruptedException {
        standsAt("2.0.0");

        PromotionPlan plan = promotion.plan(request(Guards.DEFAULT, List.of(api("1.4.3")), "1.4.3"));

        assertThat(log).endsWith("Would keep the document of the channel " + PROD + ": 1.4.3 is lower than 2.0.0.");
        assertThat(PromotionPlan.parse(Json.write(plan.toJson())).hash()).isEqualTo(plan.hash());
    }

    @Test
    void areToldByAPlanOfAChannelThatIsNotThere() throws IOException, InterruptedException {
        new SampleImages(registry, API).tag("2.0.0", registry.get(api("2.0.0")));

        promotion.plan(request(Guards.DEFAULT, List.of(api("1.4.3")), "latest"));

        assertThat(log)
                .endsWith("Would leave out the channel " + PROD + ": no tag leads to every image of this release.");
    }

    /** Whoever writes the document while images are copied is not overwritten. */
    @Test
    void giveWayToADocumentThatWasWrittenMeanwhile() throws IOException, InterruptedException {
        standsAt("2.0.0");
        standsAt("2.1.0");
        Digest theirs = document().history().get(0).digest();
        registry.before(request -> {
            if (request.startsWith("PUT " + API + " edge")) {
                registry.plant(PROD.repository(), PROD.channel(), registry.get(ImageRef.of(PROD.repository(), theirs)));
            }
        });

        PromotedTags promoted = promote(Guards.NONE, List.of(api("2.2.0")), "edge");

        assertThat(promoted.supersededBy()).contains(theirs.toString());
        assertThat(registry.head(API, new Tag("edge"))).isEmpty();
    }

    /** Whoever may set the tags of a release beforehand gets nothing into a channel with that. */
    @Test
    void wantEvidenceOfImagesWhoseTagsStandAlready() throws IOException, InterruptedException {
        Digest before = standsAt("1.4.1");
        ImageRef image = api("1.4.2");
        registry.put(
                API, new Tag("1.4.2"), registry.find(API, image.requireDigest()).orElseThrow());
        Guards guards = Guards.DEFAULT.require(unsigned -> {
            throw new ReleaseException(unsigned + " has no evidence.", "Sign it.");
        });

        assertThatThrownBy(() -> promote(guards, List.of(image), "1.4.2"))
                .hasMessage(image + " has no evidence. Sign it.");

        assertThat(prod()).contains(before);
    }

    @Test
    void wantNoEvidenceWhereNothingMoves() throws IOException, InterruptedException {
        standsAt("1.4.1");

        PromotedTags again = promote(
                Guards.DEFAULT.require(unsigned -> {
                    throw new AssertionError("nothing moves");
                }),
                List.of(api("1.4.1")),
                "1.4.1",
                "latest");

        assertThat(again.isChanged()).isFalse();
    }
}
