package io.jenkins.plugins.multiarch.retention;

import static io.jenkins.plugins.multiarch.retention.PrunedImages.keep;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.CredentialSource;
import io.jenkins.plugins.multiarch.registry.Credentials;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.Quirks;
import io.jenkins.plugins.multiarch.retention.Removal.Outcome;
import io.jenkins.plugins.multiarch.retention.provider.AwsCredentials;
import io.jenkins.plugins.multiarch.retention.provider.DockerHub;
import io.jenkins.plugins.multiarch.retention.provider.EcrImages;
import io.jenkins.plugins.multiarch.retention.provider.EcrRegistry;
import io.jenkins.plugins.multiarch.retention.provider.GitHubPackages;
import io.jenkins.plugins.multiarch.retention.provider.HarborArtifacts;
import io.jenkins.plugins.multiarch.retention.provider.fake.FakeDockerHub;
import io.jenkins.plugins.multiarch.retention.provider.fake.FakeEcr;
import io.jenkins.plugins.multiarch.retention.provider.fake.FakeGitHub;
import io.jenkins.plugins.multiarch.retention.provider.fake.FakeHarbor;
import io.jenkins.plugins.multiarch.retention.provider.fake.FakeProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole pruning through the APIs of the providers as they are imitated. */
class PruneAtProvidersTest {
    private static final String PATH = "acme/app";
    private static final String SECRET = "a-long-secret";
    private static final String ACCOUNT = "123456789012";
    private static final CredentialSource CREDENTIALS = repository -> Optional.of(Credentials.password("ann", SECRET));

    private final List<String> log = new ArrayList<>();
    private final HttpRegistry registry = HttpRegistry.builder()
            .backoff(new Backoff(3, Duration.ofMillis(1)))
            .credentials(CREDENTIALS)
            .build();

    @TempDir
    private Path folder;

    private FakeRegistry fake;
    private FakeProvider provider;
    private ManifestStore store;

    private enum Kind {
        GITHUB(Quirks.GHCR),
        DOCKER_HUB(Quirks.DOCKER_HUB),
        ECR(Quirks.ECR),
        HARBOR(Quirks.SPEC);

        private final Quirks quirks;

        Kind(Quirks quirks) {
            this.quirks = quirks;
        }
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private void start(Kind kind) {
        fake = FakeRegistry.builder().imitating(kind.quirks).start();
        switch (kind) {
            case GITHUB -> {
                provider = new FakeGitHub(fake, SECRET).organisation("acme");
                store = new GitHubPackages(registry.api(), provider.base(), registry, CREDENTIALS);
            }
            case DOCKER_HUB -> {
                provider = new FakeDockerHub(fake, "ann", SECRET);
                store = new DockerHub(registry.api(), provider.base(), registry, CREDENTIALS);
            }
            case ECR -> {
                provider = new FakeEcr(fake, ACCOUNT, SECRET, "token");
                store = new EcrImages(
                        registry.api(),
                        provider.base(),
                        new EcrRegistry(ACCOUNT, "eu-central-1", "amazonaws.com"),
                        registry,
                        new AwsCredentials(FakeEcr.ACCESS_KEY, SECRET, Optional.of("token")));
            }
            case HARBOR -> {
                provider = new FakeHarbor(fake, "ann", SECRET);
                store = new HarborArtifacts(registry.api(), Optional.empty(), CREDENTIALS);
            }
        }
        provider.pageSize(3);
    }

    private Repository app() {
        return fake.repository(PATH);
    }

    /** An image of two platforms, pushed on this day of May. */
    private ImageIndex image(int day, String... tags) {
        ImageIndex index = (ImageIndex) fake.addImage(PATH, tags[0], "linux/amd64", "linux/arm64");
        for (String tag : tags) {
            fake.tag(PATH, tag, index.digest());
        }
        provider.pushedAt(index.digest(), Instant.parse("2026-05-10T00:00:00Z").plus(Duration.ofDays(day)));
        return index;
    }

    private ImageManifest remark(Manifest about, String text) throws InterruptedException {
        ImageManifest remark = ImageManifest.artifact(
                "application/vnd.example.remark",
                List.of(EmptyBlob.DESCRIPTOR),
                Optional.of(about.descriptor()),
                Map.of("org.example.remark", text));
        registry.push(app(), Blob.of(MediaTypes.OCI_EMPTY, EmptyBlob.bytes()));
        registry.put(app(), remark.digest(), remark);
        return remark;
    }

    private Retention retention() {
        return new Retention(registry, any -> store, log::add, Clock.fixed(PrunedImages.NOW, ZoneOffset.UTC));
    }

    private static RetentionRequest request(Repository repository, Root... roots) {
        return new RetentionRequest(List.of(repository), keep("dev-*=1"), List.of(roots));
    }

    private PruneReport prune(Root... roots) throws IOException, InterruptedException {
        try (Archive archive = Archive.at(folder.resolve("pruned.jsonl"))) {
            return retention().apply(request(app(), roots), Optional.empty(), archive);
        }
    }

    @ParameterizedTest
    @EnumSource
    void deletesWhatNothingNeedsAndNothingElse(Kind kind) throws Exception {
        start(kind);
        ImageIndex old = image(1, "dev-1");
        ImageManifest aboutOld = remark(old, "old");
        ImageIndex both = image(2, "dev-2", "1.0.0");
        ImageIndex newest = image(3, "dev-3");
        ImageManifest aboutNewest = remark(newest, "new");
        Digest shared = old.children().get(0).digest();
        fake.addIndex(PATH, "2.0.0", old.children().get(0));

        PruneReport report = prune();

        assertThat(report.broken()).isEmpty();
        assertThat(report.count(Outcome.FAILED) + report.count(Outcome.KEPT)).isZero();
        assertThat(fake.tags(PATH)).contains("1.0.0", "2.0.0", "dev-3").doesNotContain("dev-1", "dev-2");
        assertThat(fake.manifests(PATH))
                .contains(both.digest(), newest.digest(), shared, aboutNewest.digest())
                .doesNotContain(old.digest(), old.children().get(1).digest(), aboutOld.digest());
        assertThat(both.children()).allMatch(child -> fake.manifests(PATH).contains(child.digest()));
        assertThat(newest.children()).allMatch(child -> fake.manifests(PATH).contains(child.digest()));
        assertThat(retention().plan(request(app())).changes()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void archivesAllThatGoesAndBringsItBack(Kind kind) throws Exception {
        start(kind);
        ImageIndex old = image(1, "dev-1");
        remark(remark(old, "old"), "about the remark");
        Manifest signature = fake.addImageManifest(PATH, "signature", "linux/amd64");
        fake.tag(PATH, "sha256-" + old.digest().hex() + ".sig", signature.digest());
        image(3, "dev-3");
        Set<Digest> before = new TreeSet<>(fake.manifests(PATH));

        PruneReport report = prune();

        Set<Digest> gone = new TreeSet<>(before);
        gone.removeAll(fake.manifests(PATH));
        List<Digest> archived = new ArrayList<>();
        Archive.read(folder.resolve("pruned.jsonl"), one -> archived.add(one.digest()));
        assertThat(archived).hasSizeGreaterThan(5).containsExactlyInAnyOrderElementsOf(gone);
        assertThat(report.count(Outcome.DELETED)).isEqualTo(archived.size());

        RestoreReport restored =
                new Restoring(registry, any -> store, log::add).restore(folder.resolve("pruned.jsonl"), any -> true);

        assertThat(restored.left()).isEmpty();
        assertThat(fake.manifests(PATH)).containsAll(before);
        assertThat(fake.tagged(PATH, "dev-1")).contains(old.digest());
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatAKnownTagWasMovedTo(Kind kind) throws Exception {
        start(kind);
        ImageIndex old = image(1, "dev-1");
        image(3, "dev-3");
        image(2, "prod");
        fake.on("GET", "/v2/" + PATH + "/manifests/" + old.digest())
                .occurrence(kind == Kind.DOCKER_HUB ? 1 : 2)
                .fail(Fault.after(() -> fake.tag(PATH, "prod", old.digest())));

        PruneReport report = prune();

        assertThat(fake.tagged(PATH, "prod")).contains(old.digest());
        assertThat(fake.manifests(PATH)).contains(old.digest()).containsAll(platforms(old));
        assertThat(report.broken()).isEmpty();
    }

    private static List<Digest> platforms(ImageIndex index) {
        return index.children().stream().map(Descriptor::digest).toList();
    }

    @ParameterizedTest
    @EnumSource
    void keepsAChildThatARootNamesThoughItsIndexMayGo(Kind kind) throws Exception {
        start(kind);
        ImageIndex old = image(1, "dev-1");
        image(3, "dev-3");
        Digest running = old.children().get(0).digest();

        PruneReport report = prune(new Root(Optional.empty(), running, "a cluster runs it"));

        assertThat(report.broken()).isEmpty();
        assertThat(fake.manifests(PATH)).contains(running);
        assertThat(fake.manifests(PATH).contains(old.digest())).isEqualTo(kind == Kind.HARBOR);
    }

    @Test
    void saysWhyAnIndexStaysThatHarborWouldTakeAChildAlongWith() throws Exception {
        start(Kind.HARBOR);
        ImageIndex old = image(1, "dev-1");
        image(3, "dev-3");
        Digest running = old.children().get(0).digest();

        RetentionPlan plan = retention().plan(request(app(), new Root(Optional.empty(), running, "a cluster runs it")));

        assertThat(PrunedImages.of(plan, old))
                .hasValueSatisfying(one -> assertThat(one.reason())
                        .isEqualTo("with it Harbor would delete " + running.abbreviated() + ", which stays"));
    }

    @Test
    void goesByTheTimesThatDockerHubTellsOfItsTags() throws Exception {
        start(Kind.DOCKER_HUB);
        image(5, "dev-1");
        image(3, "dev-3");

        prune();

        assertThat(fake.tags(PATH)).containsExactly("dev-1");
    }
}
