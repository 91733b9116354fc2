package io.jenkins.plugins.multiarch.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.CredentialSource;
import io.jenkins.plugins.multiarch.registry.Credentials;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.retention.provider.GitHubPackages;
import io.jenkins.plugins.multiarch.retention.provider.fake.FakeGitHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of manifests that a repository names and does not hand out, nobody knows what they need. */
class UnreadManifestsTest {
    private static final String PATH = "acme/app";
    private static final RetentionRules NEWEST = RulesReader.read(
            "{\"rules\": [{\"tags\": \"dev-*\", \"keep\": 1, \"order\": \"name\"}]}".getBytes(StandardCharsets.UTF_8));
    private static final CredentialSource CREDENTIALS =
            repository -> Optional.of(Credentials.password("ann", "secret"));

    private final FakeRegistry fake = FakeRegistry.start();
    private final FakeGitHub github = new FakeGitHub(fake, "secret").organisation("acme");
    private final HttpRegistry registry = HttpRegistry.builder()
            .backoff(new Backoff(2, Duration.ofMillis(1)))
            .credentials(CREDENTIALS)
            .build();
    private ManifestStore store = new GitHubPackages(registry.api(), github.base(), registry, CREDENTIALS);

    @TempDir
    private Path folder;

    private ImageIndex inner;
    private ImageIndex old;

    @BeforeEach
    void putsAnIndexIntoAnIndex() {
        inner = (ImageIndex) fake.addImage(PATH, "prod", "linux/amd64", "linux/arm64");
        fake.addIndex(PATH, "release", inner.descriptor());
        old = (ImageIndex) fake.addImage(PATH, "dev-1", "linux/amd64", "linux/arm64");
        ImageIndex newest = (ImageIndex) fake.addImage(PATH, "dev-2", "linux/amd64", "linux/arm64");
        github.pushedAt(newest.digest(), Instant.parse("2026-05-10T00:00:00Z"));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private Retention retention() {
        return new Retention(registry, any -> store, line -> {}, Clock.fixed(PrunedImages.NOW, ZoneOffset.UTC));
    }

    private static RetentionRequest request(FakeRegistry fake) {
        return new RetentionRequest(List.of(fake.repository(PATH)), NEWEST, List.of());
    }

    private PruneReport prune() throws IOException, InterruptedException {
        try (Archive archive = Archive.at(folder.resolve("pruned.jsonl"))) {
            return retention().apply(request(fake), Optional.empty(), archive);
        }
    }

    private List<String> notes() throws InterruptedException {
        return retention().plan(request(fake)).repositories().get(0).notes();
    }

    private static List<Digest> children(ImageIndex index) {
        return index.manifests().stream().map(Descriptor::digest).toList();
    }

    private String path(Digest digest) {
        return "/v2/" + PATH + "/manifests/" + digest;
    }

    @Test
    void asksOnceMoreForWhatIsListed() throws Exception {
        fake.on("GET", path(inner.digest())).fail(Fault.status(404));

        prune();

        assertThat(fake.manifests(PATH)).containsAll(children(inner)).doesNotContainAnyElementsOf(children(old));
        assertThat(fake.manifests(PATH)).doesNotContain(old.digest());
    }

    @Test
    void keepsWhatMayHangUnderWhatIsListedAndNotThere() throws Exception {
        fake.on("GET", path(inner.digest())).always().fail(Fault.status(404));
        fake.untag(PATH, "prod");

        assertThat(notes())
                .containsExactly(
                        "What has no tag is kept, for " + inner.digest().abbreviated()
                                + ", which is listed and cannot be read, may need it.",
                        inner.digest()
                                + " is kept, for it cannot be read: the registry lists it and answers with 404.");
        PruneReport report = prune();

        assertThat(fake.manifests(PATH)).containsAll(children(inner)).contains(inner.digest());
        assertThat(fake.manifests(PATH)).containsAll(children(old)).doesNotContain(old.digest());
        assertThat(report.broken()).isEmpty();
    }

    @Test
    void passesOverWhatIsGoneFromTheListByThen() throws Exception {
        fake.untag(PATH, "release");
        Digest gone = fake.addImageManifest(PATH, "gone", "linux/amd64").digest();
        fake.on("GET", path(gone)).fail(Fault.before(() -> fake.loseManifest(PATH, gone)));

        prune();

        assertThat(fake.manifests(PATH)).doesNotContainAnyElementsOf(children(old));
    }

    @Test
    void keepsWhatATagMayLeadToThatLeadsNowhere() throws Exception {
        store = new PlainManifestStore(registry);
        fake.tag(PATH, "ghost", Digest.sha256(new byte[] {1}));

        assertThat(notes())
                .containsExactly(
                        "What has no tag is kept, for the tag ghost, which is listed and leads nowhere, may need it.");
        prune();

        assertThat(fake.manifests(PATH)).containsAll(children(old)).doesNotContain(old.digest());
    }

    @Test
    void asksOnceMoreForATag() throws Exception {
        store = new PlainManifestStore(registry);
        fake.on("GET", "/v2/" + PATH + "/manifests/prod").fail(Fault.status(404));

        assertThat(notes()).isEmpty();
    }

    @Test
    void keepsWhatMayHangUnderAnIndexThatAnIndexLacks() throws Exception {
        store = new PlainManifestStore(registry);
        fake.loseManifest(PATH, inner.digest());

        prune();

        assertThat(fake.manifests(PATH)).containsAll(children(old)).doesNotContain(old.digest());
    }

    @Test
    void namesWhatAnImageThatStaysLacks() throws Exception {
        store = new PlainManifestStore(registry);
        ImageManifest lost = fake.addImageManifest(PATH, "lost", "linux/s390x");
        ImageIndex sparse = fake.addIndex(PATH, "sparse", lost.descriptor());
        fake.loseManifest(PATH, lost.digest());

        PruneReport report = prune();

        assertThat(report.broken()).isEmpty();
        assertThat(report.repositories().get(0).lacking())
                .containsExactly(fake.repository(PATH) + "@" + sparse.digest() + " lists " + lost.digest()
                        + ", which was not there before either.");
        assertThat(fake.manifests(PATH)).doesNotContainAnyElementsOf(children(old));
    }
}
