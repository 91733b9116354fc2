package io.jenkins.plugins.multiarch.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import io.jenkins.plugins.multiarch.retention.Removal.Outcome;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docker-registry deletes, collects its garbage, and skopeo pulls what was to stay, for every platform. */
class PruneWithRealToolsTest {
    private static final List<String> PLATFORMS = List.of("amd64", "arm64");

    @TempDir
    private Path folder;

    private final Registry registry = HttpRegistry.builder().build();
    private final List<String> log = new ArrayList<>();
    private OwnDockerRegistry server;
    private Repository repository;
    private SampleImages images;
    private ImageManifest ofKept;

    @BeforeEach
    void startWithSixBuilds() throws Exception {
        RealTools.require("skopeo");
        server = new OwnDockerRegistry(folder);
        repository = Repository.parse(server.address() + "/acme/app");
        images = new SampleImages(registry, repository);
        ImageManifest shared = images.image("linux/arm64", "shared");
        for (int build = 1; build <= 6; build++) {
            ImageIndex index = images.index(images.image("linux/amd64", "build " + build), shared);
            images.tag("build-" + build, index);
            ofKept = images.referrer(index, "about build " + build);
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (server != null) {
            server.close();
        }
    }

    private PruneReport prune(String json) throws Exception {
        RetentionRules rules =
                RulesReader.read(json.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try (Archive archive = Archive.at(folder.resolve("pruned.jsonl"))) {
            return new Retention(registry, any -> new PlainManifestStore(registry), log::add)
                    .apply(new RetentionRequest(List.of(repository), rules, List.of()), Optional.empty(), archive);
        }
    }

    private void pull(String tag) throws Exception {
        for (String platform : PLATFORMS) {
            Path target = Files.createTempDirectory(folder, "pulled");
            RealTools.run(
                    RealTools.command("skopeo"),
                    "copy",
                    "--src-tls-verify=false",
                    "--override-arch",
                    platform,
                    "docker://" + repository + ":" + tag,
                    "oci:" + target + ":" + tag);
        }
    }

    @Test
    void leavesWhatStaysWholeThroughAGarbageCollection() throws Exception {
        PruneReport report = prune("{'rules': [{'tags': 'build-*', 'keep': 2, 'order': 'name'}]}");

        server.collectGarbage();

        assertThat(report.count(Outcome.DELETED)).isEqualTo(4 * 4);
        assertThat(report.broken()).isEmpty();
        assertThat(registry.tags(repository))
                .filteredOn(tag -> tag.name().startsWith("build"))
                .extracting(Tag::name)
                .containsExactly("build-5", "build-6");
        pull("build-5");
        pull("build-6");
        assertThat(registry.find(repository, ofKept.digest())).isPresent();
    }

    @Test
    void anchorsWhatAGarbageCollectionWithMWouldDelete() throws Exception {
        prune("{'rules': [{'tags': 'build-*', 'keep': 2, 'order': 'name'}]}");
        new Anchors(registry, log::add).tag(List.of(repository));

        server.collectGarbage("-m");

        pull("build-5");
        pull("build-6");
        assertThat(registry.find(repository, ofKept.digest())).isPresent();
    }

    @Test
    void showsWhatThatGarbageCollectionDoesWithoutAnchors() throws Exception {
        server.collectGarbage("-m");

        assertThatThrownBy(() -> pull("build-6")).isInstanceOf(AssertionError.class);
    }

    @Test
    void anchorsKeepNothingFromPruning() throws Exception {
        new Anchors(registry, log::add).tag(List.of(repository));

        PruneReport report = prune("{'rules': [{'tags': 'build-*', 'keep': 2, 'order': 'name'}]}");

        assertThat(report.count(Outcome.DELETED)).isEqualTo(4 * 4);
        pull("build-6");
    }

    @Test
    void takesATagAwayThatDockerRegistryCannotDelete() throws Exception {
        images.tag("latest", registry.find(repository, new Tag("build-6")).orElseThrow());

        prune("{'rules': [{'tags': 'latest', 'keep': 0}]}");

        assertThat(registry.tags(repository)).doesNotContain(new Tag("latest")).contains(new Tag("build-6"));
        pull("build-6");
    }

    @Test
    void bringsBackWhatWasDeletedBeforeTheGarbageWasCollected() throws Exception {
        prune("{'rules': [{'tags': 'build-*', 'keep': 2, 'order': 'name'}]}");

        RestoreReport report = new Restoring(registry, any -> new PlainManifestStore(registry), log::add)
                .restore(folder.resolve("pruned.jsonl"), any -> true);

        assertThat(report.left()).isEmpty();
        pull("build-1");
    }
}
