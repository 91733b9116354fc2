package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
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

class GuardsTest {
    private static final Repository APP = Repository.parse("a.example/acme/app");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SampleImages images = new SampleImages(registry, APP);
    private final List<String> log = new ArrayList<>();

    private ImageIndex index(Map<String, String> annotations, String... platforms) throws InterruptedException {
        List<Descriptor> children = new ArrayList<>();
        for (String platform : platforms) {
            children.add(
                    images.image(platform, annotations + platform).descriptor().withPlatform(Platform.parse(platform)));
        }
        return images.put(ImageIndex.of(children, annotations));
    }

    private ImageIndex release(String version) throws InterruptedException {
        return index(Map.of("org.opencontainers.image.version", version), "linux/amd64");
    }

    private ImageIndex built(String time) throws InterruptedException {
        return index(Map.of("org.opencontainers.image.created", time), "linux/amd64");
    }

    private ImageIndex at(String commit) throws InterruptedException {
        return index(Map.of("org.opencontainers.image.revision", commit), "linux/amd64");
    }

    private PromotedTags promote(Manifest image, Guards guards, String... tags)
            throws IOException, InterruptedException {
        return new Promotion(registry, log::add, Journal.NONE, new TagLocks())
                .promote(new PromotionRequest(
                                List.of(ImageRef.of(APP, image.digest())), Tag.parseAll(List.of(tags)), List.of())
                        .guarded(guards));
    }

    private Optional<Digest> tagged(String tag) throws InterruptedException {
        return registry.head(APP, new Tag(tag)).map(found -> found.digest());
    }

    @Test
    void refusesToLoseAPlatform() throws InterruptedException {
        Manifest three = index(Map.of(), "linux/amd64", "linux/arm64", "linux/s390x");
        Manifest one = index(Map.of("a", "b"), "linux/amd64");
        images.tag("stable", three);

        assertThatThrownBy(() -> promote(one, Guards.DEFAULT, "stable"))
                .hasMessage(APP + ":stable was not moved: " + APP + "@" + one.digest()
                        + " lacks linux/arm64, linux/s390x, which " + three.digest()
                        + " has. Build the missing platforms, or allow their loss.");
        assertThat(tagged("stable")).contains(three.digest());
    }

    @Test
    void readsThePlatformOfAnImageWithoutAnIndexFromItsConfiguration() throws InterruptedException {
        Manifest arm = images.image("linux/arm64", "arm");
        Manifest amd = images.image("linux/amd64", "amd");
        images.tag("stable", arm);

        assertThatThrownBy(() -> promote(amd, Guards.DEFAULT, "stable")).hasMessageContaining("lacks linux/arm64");
    }

    @Test
    void losesAPlatformWhereThatIsAllowed() throws IOException, InterruptedException {
        Manifest two = index(Map.of(), "linux/amd64", "linux/arm64");
        Manifest one = index(Map.of("a", "b"), "linux/amd64");
        images.tag("stable", two);

        promote(one, Guards.DEFAULT.platformLoss(true), "stable");

        assertThat(tagged("stable")).contains(one.digest());
    }

    @Test
    void refusesToMoveATagThatIsImmutable() throws InterruptedException {
        Manifest released = release("1.4.2");
        Manifest refreshed = index(Map.of("refreshed", "yes"), "linux/amd64");
        images.tag("1.4.2", released);

        assertThatThrownBy(() ->
                        promote(refreshed, Guards.NONE.immutable(List.of(TagPattern.parse("*.*.*"))), "1.4.2", "1.4"))
                .hasMessage(APP + ":1.4.2 was not moved: it leads to " + released.digest()
                        + " already, and tags like '*.*.*' never move. Give the release a tag of its own, or leave this"
                        + " one out.");
        assertThat(tagged("1.4")).isEmpty();
    }

    @Test
    void refusesToGoBackByVersion() throws InterruptedException {
        images.tag("stable", release("1.5.0"));
        Manifest older = release("1.4.9");

        assertThatThrownBy(() -> promote(older, Guards.NONE.order(Order.byVersion()), "stable"))
                .hasMessage(APP + ":stable was not moved: it is at 1.5.0, and " + APP + "@" + older.digest()
                        + " is 1.4.9, which is older. Promote a newer image, or leave the order out to go back on"
                        + " purpose.");
    }

    @Test
    void yieldsToANewerReleaseWhereItIsToldTo() throws IOException, InterruptedException {
        Manifest newer = release("1.5.0");
        images.tag("stable", newer);
        registry.forgetRequests();

        PromotedTags promoted =
                promote(release("1.4.9"), Guards.NONE.order(Order.byVersion()).yields(true), "stable", "fresh");

        assertThat(promoted.supersededBy()).isEqualTo("1.5.0 (" + newer.digest() + ")");
        assertThat(tagged("fresh")).isEmpty();
        assertThat(tagged("stable")).contains(newer.digest());
    }

    @Test
    void refusesToGoBackByBuildTime() throws InterruptedException {
        images.tag("edge", built("2026-03-02T10:00:00Z"));
        Manifest older = built("2026-03-02T11:59:59+02:00");

        assertThatThrownBy(() -> promote(older, Guards.NONE.order(Order.byBuildTime()), "edge"))
                .hasMessageContaining("it is at 2026-03-02T10:00:00Z, and ")
                .hasMessageContaining(" is 2026-03-02T09:59:59Z, which is older.");
    }

    @Test
    void refusesToGoBackOrAsideByCommit() throws IOException, InterruptedException {
        List<String> line = List.of("c1", "c2", "c3");
        Order order = Order.byCommit((commit, descendant) ->
                line.contains(commit) && line.contains(descendant) && line.indexOf(commit) < line.indexOf(descendant));
        images.tag("edge", at("c2"));
        Manifest older = at("c1");
        Manifest branch = at("b1");

        assertThatThrownBy(() -> promote(older, Guards.NONE.order(order), "edge"))
                .hasMessageContaining("it is at c2, and ");
        assertThatThrownBy(() -> promote(branch, Guards.NONE.order(order), "edge"))
                .hasMessage(APP + ":edge was not moved: by commit neither c2, where it is, nor b1 is the newer one."
                        + " Promote an image that was made upon what stands there, or leave the order out to move it all"
                        + " the same.");
        promote(at("c3"), Guards.NONE.order(order), "edge");
    }

    @Test
    void refusesAnImageThatDoesNotSayWhereItStands() throws InterruptedException {
        images.tag("stable", release("1.5.0"));
        Manifest silent = images.image("linux/amd64", "silent");

        assertThatThrownBy(() -> promote(silent, Guards.NONE.order(Order.byVersion()), "stable"))
                .hasMessage(
                        APP + ":stable was not moved: " + APP + "@" + silent.digest()
                                + " does not say its version, so nobody can tell whether it is newer. Build it with the"
                                + " annotations org.opencontainers.image.version, created and revision, or leave the order out.");
    }

    @Test
    void doesNotGiveLatestToABackport() throws IOException, InterruptedException {
        Manifest current = release("1.5.0");
        images.tag("1.5.0", current);
        images.tag("latest", current);
        Manifest backport = release("1.4.3");

        PromotedTags promoted = promote(backport, Guards.DEFAULT, "1.4.3", "1.4", "latest");

        assertThat(tagged("latest")).contains(current.digest());
        assertThat(tagged("1.4")).contains(backport.digest());
        assertThat(log).endsWith("Kept " + APP + ":latest at " + current.digest() + ": 1.4.3 is lower than 1.5.0.");
        assertThat(promoted.tags().get(2).reason()).isEqualTo("1.4.3 is lower than 1.5.0");
    }

    @Test
    void doesNotMakeLatestForABackportEither() throws IOException, InterruptedException {
        images.tag("v1.5.0", release("1.5.0"));

        PromotedTags promoted = promote(release("1.4.3"), Guards.DEFAULT, "1.4.3", "latest");

        assertThat(tagged("latest")).isEmpty();
        assertThat(promoted.tags()).hasSize(1);
        assertThat(log).endsWith("Left out " + APP + ":latest: 1.4.3 is lower than 1.5.0.");
    }

    @Test
    void doesNotGiveLatestToAPrereleaseUnlessThatIsAllowed() throws IOException, InterruptedException {
        Manifest current = release("1.5.0");
        images.tag("latest", current);
        Manifest candidate = release("1.6.0-rc.1");

        promote(candidate, Guards.DEFAULT, "latest");
        Optional<Digest> kept = tagged("latest");
        promote(candidate, Guards.DEFAULT.prereleases(true), "latest");

        assertThat(kept).contains(current.digest());
        assertThat(tagged("latest")).contains(candidate.digest());
    }

    @Test
    void refusesWhatLacksEvidence() throws InterruptedException {
        Manifest image = release("1.4.2");

        assertThatThrownBy(() -> promote(
                        image,
                        Guards.NONE.require(asked -> {
                            throw new ReleaseException(asked + " is not signed.", "Sign it.");
                        }),
                        "1.4.2"))
                .hasMessage(APP + "@" + image.digest() + " is not signed. Sign it.");
        assertThat(tagged("1.4.2")).isEmpty();
    }

    @Test
    void saysAllThatStandsAgainstIt() throws InterruptedException {
        images.tag("stable", index(Map.of("org.opencontainers.image.version", "2.0.0"), "linux/amd64", "linux/arm64"));
        images.tag("1.4.2", index(Map.of("x", "y"), "linux/amd64"));
        Manifest image = release("1.4.2");

        assertThatThrownBy(() ->
                        promote(image, Guards.DEFAULT.immutable(List.of(TagPattern.parse("*.*.*"))), "stable", "1.4.2"))
                .hasMessageStartingWith("Nothing was promoted, for 2 reasons:\n- " + APP + ":stable was not moved: ")
                .hasMessageContaining("\n- " + APP + ":1.4.2 was not moved: ")
                .hasMessageEndingWith(
                        "\nBuild the missing platforms, or allow their loss.\nGive the release a tag of its own, or leave"
                                + " this one out.");
    }

    /** Patterns come from Jenkinsfiles; a regular expression would look for days. */
    @Test
    void isSoonDoneWithAPatternOfManyStars() {
        TagPattern pattern = TagPattern.parse("*a".repeat(60) + "b");

        assertThat(pattern.matches(new Tag("a".repeat(128)))).isFalse();
        assertThat(pattern.matches(new Tag("a".repeat(127) + "b"))).isTrue();
    }

    @Test
    void refusesAPatternThatNoTagCanHave() {
        assertThatThrownBy(() -> TagPattern.parse("a/b"))
                .hasMessage("'a/b' is not a pattern of tags. Write the characters of tags, and * for any of them, as in"
                        + " v*.*.*.");
    }
}
