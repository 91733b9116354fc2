package io.jenkins.plugins.multiarch.retention.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.Credentials;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Api;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.retention.DoomedManifest;
import io.jenkins.plugins.multiarch.retention.ManifestStore;
import io.jenkins.plugins.multiarch.retention.Removal;
import io.jenkins.plugins.multiarch.retention.Removal.Outcome;
import io.jenkins.plugins.multiarch.retention.StoredManifest;
import io.jenkins.plugins.multiarch.retention.provider.fake.FakeProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds at every provider, asked through its API as it is published. */
abstract class ManifestStoreContract {
    static final String SECRET = "very-secret-value";
    static final Tag V1 = new Tag("1.0");

    final String path = path();
    final FakeRegistry fake = start();
    final Repository app = fake.repository(path);
    final FakeProvider provider = provider();
    ManifestStore store;
    Manifest first;
    Manifest second;

    String path() {
        return "acme/tools/app";
    }

    /** The provider's registry. */
    abstract FakeRegistry start();

    /** The provider's API, which knows {@link #SECRET}. */
    abstract FakeProvider provider();

    /** The store to test, with this secret. */
    abstract ManifestStore store(HttpRegistry registry, String secret);

    /** Makes the provider refuse to delete a manifest for good, and says with which reason. */
    abstract String refuseToDelete(Manifest manifest);

    HttpRegistry client() {
        return HttpRegistry.builder()
                .backoff(new Backoff(3, Duration.ofMillis(1)))
                .credentials(repository -> Optional.of(Credentials.password("ann", SECRET)))
                .build();
    }

    @BeforeEach
    void fill() {
        first = fake.addImage(path, "1.0", "linux/amd64", "linux/arm64");
        second = fake.addImage(path, "2.0", "linux/amd64");
        fake.tag(path, "stable", second.digest());
        store = store(client(), SECRET);
    }

    @AfterEach
    void close() {
        fake.close();
    }

    /** What the provider lists: everything, or what is tagged. */
    List<StoredManifest> listed() throws InterruptedException {
        return store.list(app).orElseThrow();
    }

    Digest child() {
        return first.children().get(0).digest();
    }

    /** Deletes these with the tags that they have now, as a plan knows them. */
    List<Removal> delete(Digest... digests) throws InterruptedException {
        return store.delete(app, doomed(digests));
    }

    List<DoomedManifest> doomed(Digest... digests) {
        return Stream.of(digests)
                .map(digest -> new DoomedManifest(
                        digest,
                        fake.tags(path).stream()
                                .filter(tag -> fake.tagged(path, tag).equals(Optional.of(digest)))
                                .map(Tag::new)
                                .collect(Collectors.toSet())))
                .toList();
    }

    private static Set<Tag> tags(String... names) {
        Set<Tag> all = new TreeSet<>();
        Set.of(names).forEach(name -> all.add(new Tag(name)));
        return all;
    }

    @Test
    void listsWhatIsThereWithTagsAndTimes() throws Exception {
        Instant time = Instant.parse("2026-03-04T05:06:07Z");
        provider.pushedAt(second.digest(), time);

        assertThat(listed())
                .contains(new StoredManifest(second.digest(), tags("2.0", "stable"), Optional.of(time)))
                .anySatisfy(manifest -> {
                    assertThat(manifest.digest()).isEqualTo(first.digest());
                    assertThat(manifest.tags()).isEqualTo(tags("1.0"));
                });
    }

    @Test
    void readsAllPages() throws Exception {
        provider.pageSize(7);
        for (int i = 0; i < 30; i++) {
            fake.addImage(path, "v" + i, "linux/amd64");
        }

        assertThat(listed().stream().flatMap(manifest -> manifest.tags().stream()))
                .hasSize(33);
    }

    @Test
    void readsAPageThatIsFullAndTheLast() throws Exception {
        for (int i = 0; fake.manifests(path).size() < 100; i++) {
            fake.addImage(path, "v" + i, "linux/amd64");
        }

        assertThat(listed().stream().flatMap(manifest -> manifest.tags().stream()))
                .hasSameSizeAs(fake.tags(path));
    }

    @Test
    void deletesManifestsWithTheirTags() throws Exception {
        Manifest third = fake.addImage(path, "3.0", "linux/arm64");

        List<Removal> removals = delete(second.digest(), third.digest());

        assertThat(removals).containsExactly(Removal.DELETED, Removal.DELETED);
        assertThat(fake.tags(path)).containsExactly("1.0");
        assertThat(fake.manifests(path)).contains(first.digest()).doesNotContain(second.digest(), third.digest());
    }

    @Test
    void deletesAnIndexAndThenWhatItListed() throws Exception {
        Digest[] children = first.children().stream().map(Descriptor::digest).toArray(Digest[]::new);

        assertThat(delete(first.digest())).containsExactly(Removal.DELETED);
        assertThat(delete(children)).allMatch(removal -> removal.reason().isEmpty());
        assertThat(fake.manifests(path)).containsExactly(second.digest());
    }

    @Test
    void saysWhatIsGoneAlready() throws Exception {
        Digest unknown = Digest.sha256(new byte[1]);

        assertThat(delete(unknown, second.digest())).containsExactly(Removal.GONE, Removal.DELETED);
    }

    @Test
    void saysWhatTheProviderKeepsAndDeletesTheRest() throws Exception {
        String reason = refuseToDelete(second);
        Manifest third = fake.addImage(path, "3.0", "linux/arm64");

        assertThat(delete(second.digest(), third.digest())).containsExactly(Removal.kept(reason), Removal.DELETED);
        assertThat(fake.manifests(path)).contains(second.digest());
    }

    @Test
    void takesATagOffWhatStaysWithItsOtherTags() throws Exception {
        assertThat(store.untag(app, new Tag("stable"), second.digest())).isEqualTo(Removal.DELETED);

        assertThat(fake.tags(path)).containsExactly("1.0", "2.0");
        assertThat(fake.tagged(path, "2.0")).contains(second.digest());
    }

    @Test
    void takesTheLastTagOffWhatStays() throws Exception {
        assertThat(store.untag(app, V1, first.digest())).isEqualTo(Removal.DELETED);

        assertThat(fake.tags(path)).containsExactly("2.0", "stable");
        assertThat(fake.manifests(path)).contains(first.digest(), child());
    }

    @Test
    void findsATagGoneThatIsNotThere() throws Exception {
        assertThat(store.untag(app, new Tag("nightly"), first.digest())).isEqualTo(Removal.GONE);
    }

    @Test
    void keepsATagThatLeadsElsewhereByNow() throws Exception {
        assertThat(store.untag(app, new Tag("stable"), first.digest()))
                .isEqualTo(Removal.kept("it leads to " + second.digest() + " by now"));

        assertThat(fake.tagged(path, "stable")).contains(second.digest());
    }

    @Test
    void keepsAManifestThatAnotherTagLeadsToByNow() throws Exception {
        List<DoomedManifest> planned = doomed(first.digest());
        fake.tag(path, "prod", first.digest());

        assertThat(store.delete(app, planned)).extracting(Removal::outcome).containsExactly(Outcome.KEPT);
        assertThat(fake.tagged(path, "prod")).contains(first.digest());
    }

    @Test
    void goesOnAfterALimit() throws Exception {
        fake.on("*", provider.prefix() + "*").fail(Fault.status(429).retryAfter(0));

        assertThat(delete(second.digest())).containsExactly(Removal.DELETED);
    }

    @Test
    void goesOnAfterTroubleThatPasses() throws Exception {
        fake.on("*", provider.prefix() + "*").times(2).fail(Fault.status(502));

        assertThat(delete(second.digest())).containsExactly(Removal.DELETED);
    }

    @Test
    void saysWhoIsNotLetInWithoutShowingTheSecret() {
        ManifestStore stranger = store(client(), "another-secret-value");

        assertThatThrownBy(() -> stranger.delete(app, doomed(second.digest())))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("was answered with ")
                .hasMessageContaining(store.name())
                .hasMessageNotContaining("another-secret-value");
        assertThat(stranger.toString()).doesNotContain("another-secret-value");
        assertThat(fake.manifests(path)).contains(second.digest());
    }

    @Test
    void refusesAListThatNeverEnds() {
        provider.neverEnd();

        assertThatThrownBy(this::listed)
                .hasMessageContaining(" goes on with nothing new on page 2."
                        + " Ask whoever runs it; nothing is deleted by a list that cannot be read to its end.");
    }

    @Test
    void refusesAnAnswerThatIsTooLong() {
        fake.serve(provider.prefix(), asked -> Api.Reply.text(200, "x".repeat((16 << 20) + 1)));

        assertThatThrownBy(this::listed).hasMessageContaining("was answered with more than 16777216 bytes.");
    }

    @Test
    void takesNoCredentialElsewhere() {
        try (FakeRegistry elsewhere = FakeRegistry.start()) {
            fake.serve(
                    provider.prefix(),
                    asked -> Api.Reply.of(307).with("Location", elsewhere.url() + provider.prefix()));

            assertThatThrownBy(this::listed).hasMessageContaining("was redirected to another address");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void refusesAnAnswerThatIsSomethingElse() {
        fake.serve(provider.prefix(), asked -> Api.Reply.text(200, "<html>"));

        assertThatThrownBy(this::listed).isInstanceOf(ReleaseException.class);
    }
}
