package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.PromotionRequest.MirrorLag;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.LoggedRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MirrorsTest {
    private final FakeRegistry registry = FakeRegistry.start();
    private final FakeRegistry mirror = FakeRegistry.start();
    private final ReleaseSet release = new ReleaseSet(registry);
    private final List<String> log = new ArrayList<>();
    private final Promotion promotion = new Promotion(
            HttpRegistry.builder().backoff(new Backoff(1, Duration.ofMillis(1))).build(),
            log::add,
            new MemoryJournal(),
            new TagLocks());

    @AfterEach
    void stop() {
        registry.close();
        mirror.close();
    }

    private PromotionRequest request(MirrorLag lag) {
        return release.request().mirrored(List.of(Mirror.parse(mirror.address() + "/copy/")), lag);
    }

    private boolean isMirrored() {
        return release.images().stream()
                .allMatch(image -> ReleaseSet.TAGS.stream()
                        .map(Tag::name)
                        .allMatch(tag -> mirror.tagged(image.repository().path().replace("acme/", "copy/"), tag)
                                .equals(image.digest())));
    }

    @Test
    void haveEveryImageBeforeAnyTagMoves() throws IOException, InterruptedException {
        promotion.promote(request(MirrorLag.FAILS));

        assertThat(isMirrored()).isTrue();
        assertThat(release.state()).isEqualTo("new");
        List<String> writes = mirror.requests().stream()
                .filter(request -> request.method().equals("PUT"))
                .map(LoggedRequest::path)
                .filter(path -> path.contains("/manifests/"))
                .toList();
        assertThat(writes.subList(0, 15)).allMatch(path -> path.contains("/manifests/sha256:"));
        assertThat(writes.subList(15, 30)).noneMatch(path -> path.contains("/manifests/sha256:"));
    }

    @Test
    void keepTheReleaseBackWhereTheyCannotFollow() {
        mirror.on("PUT", "/v2/copy/base/manifests/sha256:*").always().fail(Fault.status(403));

        assertThatThrownBy(() -> promotion.promote(request(MirrorLag.FAILS))).isInstanceOf(ReleaseException.class);

        assertThat(release.state()).isEqualTo("old");
        assertThat(mirror.tags("copy/api")).isEmpty();
    }

    @Test
    void areTakenBackWithTheRelease() {
        mirror.on("PUT", "/v2/copy/base/manifests/latest").always().fail(Fault.status(403));

        assertThatThrownBy(() -> promotion.promote(request(MirrorLag.FAILS)))
                .hasMessageStartingWith(
                        "Nothing was promoted, and every tag that had moved is back where it was: PUT ");

        assertThat(release.state()).isEqualTo("old");
        assertThat(mirror.tags("copy/api")).isEmpty();
    }

    @Test
    void stayBehindWhereThatIsOnlyReported() throws IOException, InterruptedException {
        mirror.on("PUT", "/v2/copy/base/manifests/latest").always().fail(Fault.status(403));

        PromotedTags promoted = promotion.promote(request(MirrorLag.REPORTED));

        assertThat(release.state()).isEqualTo("new");
        assertThat(mirror.tags("copy/api")).isEmpty();
        assertThat(promoted.lagging())
                .singleElement()
                .asString()
                .startsWith("The mirror " + mirror.address() + "/copy/ stays behind: ");
        assertThat(promoted.tags()).hasSize(15);
    }

    @Test
    void stayBehindWhereTheyDoNotAnswer() throws IOException, InterruptedException {
        mirror.on("*", "*").always().fail(Fault.status(503));

        PromotedTags promoted = promotion.promote(request(MirrorLag.REPORTED));

        assertThat(release.state()).isEqualTo("new");
        assertThat(promoted.lagging()).hasSize(1);
    }

    @Test
    void stayBehindWhereWhatTheirTagsLeadToCannotBeRead() throws IOException, InterruptedException {
        mirror.addImage("copy/api", "latest", "linux/amd64", "linux/arm64");
        mirror.on("GET", "/v2/copy/api/manifests/*").always().fail(Fault.status(403));

        PromotionPlan plan = promotion.plan(request(MirrorLag.REPORTED));
        PromotedTags promoted = promotion.promote(request(MirrorLag.REPORTED));

        assertThat(release.state()).isEqualTo("new");
        assertThat(plan.lagging()).hasSize(1);
        assertThat(promoted.lagging()).hasSize(1);
    }

    @Test
    void saysHowMuchThereIsToCopy() throws InterruptedException {
        PromotionPlan plan = promotion.plan(request(MirrorLag.FAILS));

        assertThat(plan.copies()).hasSize(5);
        assertThat(plan.bytesToCopy()).isPositive();
        assertThat(mirror.requests())
                .noneMatch(request -> List.of("PUT", "POST").contains(request.method()));
    }

    @Test
    void refusesAMirrorThatNamesOneImage() {
        assertThatThrownBy(() -> Mirror.parse("docker.io/acme/app:1.4"))
                .hasMessage("'docker.io/acme/app:1.4' names one image, where a mirror is asked for. Leave out tag and"
                        + " digest: the mirror gets those that are promoted.");
    }
}
