package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.PromotionRequest.MirrorLag;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.LoggedRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorsTest {
    @TempDir
    private Path home;

    private final FakeRegistry registry = FakeRegistry.start();
    private final FakeRegistry mirror = FakeRegistry.start();
    private final ReleaseSet release = new ReleaseSet(registry);
    private final List<String> log = new ArrayList<>();
    private final HttpRegistry client =
            HttpRegistry.builder().backoff(new Backoff(1, Duration.ofMillis(1))).build();
    private final Promotion promotion = new Promotion(client, log::add, new MemoryJournal(), new TagLocks());

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

    private void standsAtMirror(String tag) {
        Digest older = mirror.addImage("copy/api", "older", "linux/amd64", "linux/arm64", "linux/s390x")
                .digest();
        mirror.tag("copy/api", tag, older);
    }

    private void assertThatOnlyTheMirrorStayedBehind(PromotedTags promoted, String reason) {
        assertThat(release.state()).isEqualTo("new");
        assertThat(mirror.tagged("copy/web", "latest")).isEmpty();
        assertThat(promoted.tags()).hasSize(15);
        assertThat(promoted.lagging())
                .singleElement()
                .asString()
                .startsWith("The mirror " + mirror.address() + "/copy/ stays behind: ")
                .contains(reason);
    }

    /** As on Docker Hub, where looking at a tag is free and reading a manifest is counted. */
    @Test
    void stayBehindWhereWhatTheyHaveCannotBeRead() throws IOException, InterruptedException {
        standsAtMirror("stable");
        mirror.on("GET", "/v2/copy/api/manifests/*").always().fail(Fault.status(429));

        PromotedTags promoted = promotion.promote(request(MirrorLag.REPORTED));

        assertThatOnlyTheMirrorStayedBehind(promoted, "429");
    }

    @Test
    void stayBehindWhereAGuardStandsAgainstThem() throws IOException, InterruptedException {
        standsAtMirror("stable");

        PromotedTags promoted = promotion.promote(request(MirrorLag.REPORTED));

        assertThatOnlyTheMirrorStayedBehind(promoted, "lacks linux/s390x");
    }

    @Test
    void stayBehindWhereTheirTagsCannotBeListed() throws IOException, InterruptedException {
        standsAtMirror("1.4.0");
        mirror.on("GET", "/v2/copy/api/tags/list*").always().fail(Fault.status(403));

        PromotedTags promoted =
                promotion.promote(request(MirrorLag.REPORTED).guarded(Guards.NONE.highestOnly(List.of(Tag.LATEST))));

        assertThatOnlyTheMirrorStayedBehind(promoted, "403");
    }

    @Test
    void areOnlyReportedByAPlanToo() throws InterruptedException {
        standsAtMirror("stable");
        mirror.on("GET", "/v2/copy/api/manifests/*").always().fail(Fault.status(429));

        PromotionPlan plan = promotion.plan(request(MirrorLag.REPORTED));

        assertThat(plan.lagging()).hasSize(1);
        assertThat(plan.tags()).hasSize(15);
    }

    /** A newer release on a mirror is no reason to leave out the release itself. */
    @Test
    void supersedeNoRelease() throws IOException, InterruptedException {
        ImageIndex older = (ImageIndex) mirror.addImage("copy/api", "older", "linux/amd64", "linux/arm64");
        ImageIndex newer =
                ImageIndex.of(older.images(), Map.of("org.opencontainers.image.created", "2027-01-01T00:00:00Z"));
        HttpRegistry.builder().build().put(mirror.repository("copy/api"), new Tag("stable"), newer);

        PromotedTags promoted = promotion.promote(request(MirrorLag.REPORTED)
                .guarded(Guards.NONE.order(Order.byBuildTime()).yields(true)));

        assertThat(promoted.supersededBy()).isEmpty();
        assertThatOnlyTheMirrorStayedBehind(promoted, "which is older");
    }

    /** The first one can neither follow nor remove again what it has got, so that its tags are in the journal still. */
    @Test
    void hideNothingThatIsOpenOfAnotherOne() throws IOException, InterruptedException {
        try (FakeRegistry stuck = FakeRegistry.start()) {
            MemoryJournal journal = new MemoryJournal();
            stuck.on("PUT", "/v2/copy/base/manifests/latest").always().fail(Fault.status(403));
            stuck.on("DELETE", "*").always().fail(Fault.status(403));
            PromotionRequest both = release.request()
                    .mirrored(
                            List.of(
                                    Mirror.parse(stuck.address() + "/copy/"),
                                    Mirror.parse(mirror.address() + "/copy/")),
                            MirrorLag.REPORTED);

            PromotedTags promoted = new Promotion(client, log::add, journal, new TagLocks()).promote(both);

            assertThat(release.state()).isEqualTo("new");
            assertThat(journal.unfinished())
                    .hasSize(15)
                    .allMatch(name -> name.repository().registry().equals(stuck.address()));
            assertThat(promoted.lagging())
                    .anyMatch(line -> line.startsWith("The mirror " + stuck.address()
                            + "/copy/ stays behind: Not every tag could be put back after this: PUT "))
                    .anyMatch(line -> line.startsWith("The mirror " + mirror.address()
                            + "/copy/ stays behind: No tag was moved: the promotion before is not ended, of "
                            + stuck.address() + "/copy/api:1.4.2, "))
                    .hasSize(2);
            assertThat(mirror.tags("copy/api")).isEmpty();
        }
    }

    private PromotedTags promoteFrom(PromotionFolder folder, PromotionRequest request)
            throws IOException, InterruptedException {
        TagLocks locks = folder.locks();
        Receipts receipts = new Receipts(client, Optional.empty(), Optional.empty());
        try (Turn turn = folder.begin(
                        request,
                        locks,
                        log::add,
                        broken -> Promotion.recover(client, log::add, broken, locks, receipts));
                FileJournal journal = folder.journal()) {
            return new Promotion(client, log::add, journal, locks).promote(request.behind(turn.behind()));
        }
    }

    /** A mirror that does not answer any more from its first tag on. */
    private Path diesAsItFollows(PromotionFolder folder, MirrorLag lag) throws IOException, InterruptedException {
        mirror.on("PUT", "/v2/copy/web/manifests/latest")
                .fail(Fault.after(() -> mirror.on("*", "*").always().fail(Fault.reset())));
        try {
            promoteFrom(folder, request(lag));
        } catch (ReleaseException e) {
            assertThat(e).hasMessageStartingWith("Not every tag could be put back after this: ");
        }
        release.takeBack();
        return FileJournal.in(home).get(0);
    }

    @Test
    void holdUpNoLaterReleaseWhereTheyDiedAsTheyFollowed() throws IOException, InterruptedException {
        PromotionFolder folder = PromotionFolder.at(home);
        Path journal = diesAsItFollows(folder, MirrorLag.REPORTED);

        PromotedTags promoted = promoteFrom(folder, request(MirrorLag.REPORTED));

        assertThat(release.state()).isEqualTo("new");
        assertThat(promoted.lagging())
                .singleElement()
                .asString()
                .startsWith(
                        "The mirror " + mirror.address() + "/copy/ stays behind: What a promotion left half done could"
                                + " not be ended, of " + mirror.address() + "/copy/api:1.4.2, ");
        assertThat(FileJournal.in(home)).containsExactly(journal);
        mirror.heal();
        assertThat(promoteFrom(folder, request(MirrorLag.REPORTED)).lagging()).isEmpty();
        assertThat(isMirrored()).isTrue();
        assertThat(FileJournal.in(home)).isEmpty();
    }

    @Test
    void sayWhatHoldsUpAReleaseThatMayNotGoOnWithoutThem() throws IOException, InterruptedException {
        PromotionFolder folder = PromotionFolder.at(home);
        Path journal = diesAsItFollows(folder, MirrorLag.FAILS);

        assertThatThrownBy(() -> promoteFrom(folder, request(MirrorLag.FAILS)))
                .hasMessageStartingWith("What a promotion left half done could not be ended, of ")
                .hasMessageEndingWith(" Where its registry never comes back, delete " + journal
                        + ": its tags then stay where they are.");

        assertThat(release.state()).isEqualTo("old");
    }

    /** The release is out by then, and whoever reads the result has to know. */
    @Test
    void stayBehindWhereTheirJournalFindsNoRoom() throws IOException, InterruptedException {
        MemoryJournal journal = new MemoryJournal();
        AtomicInteger plans = new AtomicInteger();
        Journal full = new Journal() {
            @Override
            public void append(JournalEntry entry) throws IOException {
                if (entry instanceof JournalEntry.Planned && plans.incrementAndGet() == 2) {
                    throw new IOException("No space left on device");
                }
                journal.append(entry);
            }

            @Override
            public List<JournalEntry> entries() {
                return journal.entries();
            }
        };

        PromotedTags promoted =
                new Promotion(client, log::add, full, new TagLocks()).promote(request(MirrorLag.REPORTED));

        assertThat(release.state()).isEqualTo("new");
        assertThat(promoted.tags()).hasSize(15);
        assertThat(promoted.lagging())
                .containsExactly("The mirror " + mirror.address()
                        + "/copy/ stays behind: The journal could not be written: No space left on device.");
        assertThat(mirror.tags("copy/api")).isEmpty();
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
