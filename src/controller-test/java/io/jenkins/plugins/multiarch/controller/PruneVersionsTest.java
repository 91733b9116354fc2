package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.CopyScope;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.ImageCopy;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.retention.PlainManifestStore;
import io.jenkins.plugins.multiarch.retention.Restoring;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A nightly job that plans, waits for somebody who agrees, and applies by hash, on a controller without any agent. */
class PruneVersionsTest {
    private static final String NIGHTLY = """
            def app = [repositories: ['%s'], keep: ['dev-*=1'], protect: ['stable']]
            def plan = pruneVersions(app)
            if (plan.changes > 0 && !plan.refusals) {
                input id: 'Prune', message: "Delete ${plan.changes} manifests and tags?"
                def pruned = pruneVersions(app + [apply: plan.hash])
                echo 'PRUNED ' + groovy.json.JsonOutput.toJson([changes: plan.changes, deleted: pruned.deleted,
                    failed: pruned.failed, broken: pruned.broken, archive: pruned.archive, same: pruned.hash == plan.hash])
            }
            """;

    @TempDir
    private static Path home;

    @TempDir
    private static Path files;

    private static final Registry REGISTRY = HttpRegistry.builder().build();
    private static LoggedRegistry real;
    private static Controller controller;

    @BeforeAll
    static void startTheController() throws Exception {
        RealTools.require("docker-registry", "skopeo");
        real = LoggedRegistry.start(files);
        controller = new Controller(home);
        controller.start();
    }

    @AfterAll
    static void stopTheController() throws Exception {
        try {
            if (controller != null) {
                assertThat(controller.complaintsAboutUs()).isEmpty();
            }
        } finally {
            if (controller != null) {
                controller.close();
            }
            if (real != null) {
                real.close();
            }
        }
    }

    /** Images of two platforms, the first of which is older by the name of its tag. */
    private static Manifest push(FakeRegistry fake, Repository repository, String... tags) throws Exception {
        Manifest image = fake.addImage("acme/app", tags[0], "linux/amd64", "linux/arm64");
        new ImageCopy(REGISTRY, line -> {})
                .copy(
                        fake.repository("acme/app"),
                        image.digest(),
                        repository,
                        Tag.parseAll(List.of(tags)),
                        CopyScope.IMAGE);
        return image;
    }

    /** As soon as the build waits for it again. */
    private static void approve(String job) throws Exception {
        Eventually.get(
                "the approval of " + job,
                () -> Optional.of(controller
                                .client()
                                .post("/job/" + job + "/1/input/Prune/proceedEmpty", "text/plain", "")
                                .statusCode())
                        .filter(status -> status < 400));
    }

    @Test
    void deletesWhatWasAgreedToAndLeavesTheRestToBePulled() throws Exception {
        Repository repository = new Repository(real.address(), "nightly/app");
        Manifest old;
        try (FakeRegistry fake = FakeRegistry.start()) {
            old = push(fake, repository, "dev-1");
            push(fake, repository, "dev-2");
            push(fake, repository, "dev-0", "stable");
        }
        JenkinsClient client = controller.client();

        client.begin("nightly", NIGHTLY.formatted(repository));
        client.awaitLog("nightly", "Delete 4 manifests and tags?");
        List<String> before = real.writes();
        controller.stop();
        controller.start();
        approve("nightly");
        JsonNode pruned = client.end("nightly").said("PRUNED");

        assertThat(pruned.path("changes").asInt()).isEqualTo(4);
        assertThat(pruned.path("deleted").asInt()).isEqualTo(3);
        assertThat(pruned.path("failed").asInt()).isZero();
        assertThat(pruned.path("broken")).isEmpty();
        assertThat(pruned.path("same").asBoolean()).isTrue();
        assertThat(before).noneMatch(write -> write.startsWith("DELETE"));
        assertThat(REGISTRY.find(repository, old.digest())).isEmpty();
        assertThat(REGISTRY.tags(repository)).containsExactlyInAnyOrder(new Tag("dev-2"), new Tag("stable"));
        pull(repository, "dev-2");
        pull(repository, "stable");

        Path archive = files.resolve("pruned.jsonl");
        client.download("/job/nightly/1/artifact/" + pruned.path("archive").asText(), archive);
        new Restoring(REGISTRY, any -> new PlainManifestStore(REGISTRY), line -> {}).restore(archive, any -> true);
        pull(repository, "dev-1");
    }

    /** Every platform of it. */
    private static void pull(Repository repository, String tag) throws Exception {
        RealTools.run(
                RealTools.command("skopeo"),
                "copy",
                "--all",
                "--src-tls-verify=false",
                "docker://" + repository + ":" + tag,
                "dir:" + files.resolve("pulled-" + tag));
    }
}
