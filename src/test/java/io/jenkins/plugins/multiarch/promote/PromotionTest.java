package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PromotionTest {
    private static final Repository APP = Repository.parse("a.example/acme/app");
    private static final Repository WEB = Repository.parse("a.example/acme/web");
    private static final Repository MIRROR = Repository.parse("b.example/mirror/app");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SampleImages images = new SampleImages(registry, APP);
    private final List<String> log = new ArrayList<>();
    private final Promotion promotion = new Promotion(registry, log::add);

    @Test
    void movesATagAndSaysFromWhereToWhere() throws IOException, InterruptedException {
        Manifest old = images.image("linux/amd64", "old");
        Manifest fresh = images.index(images.image("linux/amd64", "new"));
        images.tag("1.4", old);

        PromotedTags promoted = promotion.promote(request(fresh, "1.4"));

        assertThat(digestOf(APP, "1.4")).contains(fresh.digest());
        assertThat(promoted.tags())
                .containsExactly(new MovedTag(APP, new Tag("1.4"), Optional.of(old.digest()), fresh.digest(), true));
        assertThat(log)
                .containsExactly("Moved a.example/acme/app:1.4 from " + old.digest() + " to " + fresh.digest() + ".");
    }

    @Test
    void doesNotOverwriteATagThatMovedWhileTheImageWasCopied() throws IOException, InterruptedException {
        Manifest image = images.image("linux/amd64", "x");
        Manifest theirs = new SampleImages(registry, MIRROR).image("linux/amd64", "theirs");
        AtomicBoolean moved = new AtomicBoolean();
        registry.before(request -> {
            if (request.startsWith("PUT-BLOB") && moved.compareAndSet(false, true)) {
                registry.put(MIRROR, new Tag("1.4"), theirs);
            }
        });

        PromotedTags promoted = promotion.promote(new PromotionRequest(
                List.of(ImageRef.of(APP, image.digest())), List.of(new Tag("1.4")), List.of(MIRROR)));

        assertThat(promoted.supersededBy()).isEqualTo(theirs.digest().toString());
        assertThat(log).last().isEqualTo("Nothing was promoted: superseded by " + theirs.digest() + ".");
        assertThat(digestOf(MIRROR, "1.4")).contains(theirs.digest());
    }

    @Test
    void addsATagThatWasNotThere() throws IOException, InterruptedException {
        Manifest image = images.image("linux/amd64", "x");

        promotion.promote(request(image, "1.4"));

        assertThat(log).containsExactly("Added a.example/acme/app:1.4 at " + image.digest() + ".");
    }

    @Test
    void writesNothingWhereTheTagStandsAlready() throws IOException, InterruptedException {
        Manifest image = images.image("linux/amd64", "x");
        images.tag("1.4", image);
        registry.forgetRequests();

        PromotedTags promoted = promotion.promote(request(image, "1.4"));

        assertThat(promoted.isChanged()).isFalse();
        assertThat(registry.requests("PUT")).isEmpty();
        assertThat(log).containsExactly("Kept a.example/acme/app:1.4: already at " + image.digest() + ".");
    }

    @Test
    void resolvesATagOnceAndPromotesTheDigest() throws IOException, InterruptedException {
        Manifest image = images.image("linux/amd64", "x");
        images.tag("1.4-rc", image);

        PromotedTags promoted = promotion.promote(new PromotionRequest(
                List.of(ImageRef.parse("a.example/acme/app:1.4-rc")), Tag.parseAll(List.of("1.4", "1")), List.of()));

        assertThat(promoted.tags())
                .extracting(tag -> tag.reference().toString())
                .containsOnly("a.example/acme/app@" + image.digest());
        assertThat(registry.requests("GET")).hasSize(1);
    }

    @Test
    void needsThreeRequestsForATagBesideThePreflight() throws IOException, InterruptedException {
        Manifest image = images.image("linux/amd64", "x");
        registry.forgetRequests();

        promotion.promote(request(image, "1.4"));

        assertThat(registry.requests())
                .containsExactly(
                        "GET " + APP + " " + image.digest(),
                        "HEAD " + APP + " 1.4",
                        "HEAD " + APP + " 1.4",
                        "PUT " + APP + " 1.4",
                        "HEAD " + APP + " 1.4");
    }

    @Test
    void readsNoImageAgainAfterThePlan() throws IOException, InterruptedException {
        Manifest image = images.image("linux/amd64", "x");
        promotion.plan(request(image, "1.4"));
        registry.forgetRequests();

        promotion.promote(request(image, "1.4"));

        assertThat(registry.requests())
                .containsExactly(
                        "HEAD " + APP + " 1.4", "HEAD " + APP + " 1.4", "PUT " + APP + " 1.4", "HEAD " + APP + " 1.4");
    }

    @Test
    void plansWithoutWriting() throws IOException, InterruptedException {
        Manifest old = images.image("linux/amd64", "old");
        Manifest fresh = images.image("linux/amd64", "new");
        images.tag("1.4", old);
        images.tag("1", fresh);
        registry.forgetRequests();

        PromotionPlan planned = promotion.plan(new PromotionRequest(
                List.of(ImageRef.of(APP, fresh.digest())),
                Tag.parseAll(List.of("1.4", "1", "latest")),
                List.of(APP, MIRROR)));

        assertThat(planned.promoted().isChanged()).isTrue();
        assertThat(registry.requests()).noneMatch(request -> request.startsWith("PUT") || request.startsWith("MOUNT"));
        assertThat(log)
                .containsExactly(
                        "Would move a.example/acme/app:1.4 from " + old.digest() + " to " + fresh.digest() + ".",
                        "Would keep a.example/acme/app:1: already at " + fresh.digest() + ".",
                        "Would add a.example/acme/app:latest at " + fresh.digest() + ".",
                        "Would add b.example/mirror/app:1.4 at " + fresh.digest() + ".",
                        "Would add b.example/mirror/app:1 at " + fresh.digest() + ".",
                        "Would add b.example/mirror/app:latest at " + fresh.digest() + ".",
                        "a.example/acme/app@" + fresh.digest() + ": no evidence lies beside it.",
                        "Would copy a.example/acme/app@" + fresh.digest()
                                + " to b.example/mirror/app, sending 0.0 MB.");
    }

    @Test
    void promotesToAnotherRegistryWithWhatIsSaidAboutTheImage() throws IOException, InterruptedException {
        Manifest image = images.image("linux/amd64", "x");
        images.referrer(image, "sbom");
        images.cosign(image, ".sig", "signed");

        promotion.promote(new PromotionRequest(
                List.of(ImageRef.of(APP, image.digest())), List.of(new Tag("1.4")), List.of(MIRROR)));

        assertThat(digestOf(MIRROR, "1.4")).contains(image.digest());
        assertThat(registry.referrers(MIRROR, image.digest(), "")).hasSize(1);
        assertThat(digestOf(MIRROR, SampleImages.cosignTag(image, ".sig").name()))
                .isPresent();
        assertThat(digestOf(APP, "1.4")).isEmpty();
    }

    @Test
    void copiesOnceForAllTagsAndBeforeTheFirstTagOfAnyImage() throws IOException, InterruptedException {
        Manifest app = images.image("linux/amd64", "app");
        Repository elsewhere = Repository.parse("b.example/mirror/web");

        promotion.promote(new PromotionRequest(
                List.of(ImageRef.of(APP, app.digest())),
                Tag.parseAll(List.of("1.4", "1")),
                List.of(MIRROR, elsewhere)));

        List<String> writes = registry.requests("PUT");
        assertThat(writes.subList(1, 3))
                .containsExactly("PUT " + MIRROR + " " + app.digest(), "PUT " + elsewhere + " " + app.digest());
        assertThat(writes.subList(3, 7))
                .containsExactlyInAnyOrder(
                        "PUT " + MIRROR + " 1.4",
                        "PUT " + MIRROR + " 1",
                        "PUT " + elsewhere + " 1.4",
                        "PUT " + elsewhere + " 1");
    }

    @Test
    void movesNoTagWhereOneImageIsMissing() throws IOException, InterruptedException {
        Manifest app = images.image("linux/amd64", "app");
        ImageRef missing = ImageRef.of(WEB, Digest.sha256(new byte[0]));

        assertThatThrownBy(() -> promotion.promote(new PromotionRequest(
                        List.of(ImageRef.of(APP, app.digest()), missing), List.of(new Tag("1.4")), List.of())))
                .hasMessageStartingWith(missing + " does not exist in the registry");
        assertThat(digestOf(APP, "1.4")).isEmpty();
        assertThat(log).isEmpty();
    }

    @Test
    void leavesTheTagWhereTheRegistryRefuses() throws IOException, InterruptedException {
        Manifest old = images.image("linux/amd64", "old");
        Manifest fresh = images.image("linux/amd64", "new");
        images.tag("1.4", old);
        registry.before(request -> {
            if (request.equals("PUT " + APP + " 1.4")) {
                throw new RegistryException("You may not push.", "Ask for the right.", 403, "DENIED", false, null);
            }
        });

        assertThatThrownBy(() -> promotion.promote(request(fresh, "1.4")))
                .hasMessage("You may not push. Ask for the right.");
        assertThat(log).isEmpty();
    }

    @Test
    void refusesTwoImagesForOneTag() throws IOException, InterruptedException {
        Manifest one = images.image("linux/amd64", "one");
        Manifest two = images.image("linux/amd64", "two");

        assertThatThrownBy(() -> promotion.promote(new PromotionRequest(
                        List.of(ImageRef.of(APP, one.digest()), ImageRef.of(APP, two.digest())),
                        List.of(new Tag("1.4")),
                        List.of())))
                .hasMessage("a.example/acme/app:1.4 cannot lead to both a.example/acme/app@" + one.digest()
                        + " and a.example/acme/app@" + two.digest()
                        + ". Promote them one by one with different tags, or to different repositories.");
    }

    @Test
    void refusesAPromotionOfNothing() {
        assertThatThrownBy(() -> new PromotionRequest(List.of(), List.of(Tag.LATEST), List.of()))
                .hasMessage("No image to promote was named. Name one, as in ghcr.io/acme/app@sha256:….");
    }

    @Test
    void refusesAPromotionToNoTag() {
        ImageRef image = ImageRef.parse("ghcr.io/acme/app:1");

        assertThatThrownBy(() -> new PromotionRequest(List.of(image), List.of(), List.of()))
                .hasMessage("No tag to set was named. Name at least one, as in 1.4.2.");
    }

    @Test
    void showsItsResultAsJson() throws IOException, InterruptedException {
        Manifest old = images.image("linux/amd64", "old");
        Manifest fresh = images.image("linux/amd64", "new");
        images.tag("1.4", old);

        PromotedTags promoted = promotion.promote(request(fresh, "1.4", "1"));

        assertThat(Json.pretty(promoted.toJson())).isEqualTo("""
                        {
                          "tags" : [
                            {
                              "reference" : "a.example/acme/app@%2$s",
                              "repository" : "a.example/acme/app",
                              "tag" : "1.4",
                              "previous" : "%1$s",
                              "digest" : "%2$s",
                              "changed" : true
                            },
                            {
                              "reference" : "a.example/acme/app@%2$s",
                              "repository" : "a.example/acme/app",
                              "tag" : "1",
                              "previous" : "",
                              "digest" : "%2$s",
                              "changed" : true
                            }
                          ]
                        }
                        """.formatted(old.digest(), fresh.digest()));
    }

    private static PromotionRequest request(Manifest image, String... tags) {
        return new PromotionRequest(List.of(ImageRef.of(APP, image.digest())), Tag.parseAll(List.of(tags)), List.of());
    }

    private Optional<Digest> digestOf(Repository repository, String tag) throws IOException, InterruptedException {
        return registry.head(repository, new Tag(tag)).map(descriptor -> descriptor.digest());
    }
}
