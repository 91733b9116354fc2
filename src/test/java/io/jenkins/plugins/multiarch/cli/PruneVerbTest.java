package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneVerbTest {
    private static final Pattern HASH = Pattern.compile("--apply ([0-9TZ]+-[0-9a-f]{64})\\.");

    @TempDir
    private Path folder;

    private FakeRegistry registry;
    private String app;
    private Path rules;
    private Digest oldest;

    @BeforeEach
    void startWithThreeBuilds() throws IOException {
        registry = FakeRegistry.start();
        app = registry.address() + "/acme/app";
        oldest = registry.addImage("acme/app", "build-9", "linux/amd64", "linux/arm64")
                .digest();
        registry.addImage("acme/app", "build-10", "linux/amd64", "linux/arm64");
        registry.addImage("acme/app", "1.4.0", "linux/amd64", "linux/arm64");
        rules = Files.writeString(
                folder.resolve("rules.json"),
                "{\"rules\": [{\"tags\": \"build-*\", \"keep\": 1, \"order\": \"name\"}]}");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private CommandLineRun prune(String... more) {
        String[] all = new String[more.length + 5];
        System.arraycopy(new String[] {"prune", "--repositories", app, "--rules", rules.toString()}, 0, all, 0, 5);
        System.arraycopy(more, 0, all, 5, more.length);
        return CommandLineRun.of(all);
    }

    @Test
    void saysWhatWouldGoAndDeletesNothing() {
        CommandLineRun run = prune();

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains(app + ": delete " + oldest
                        + " (build-9): tag build-9: build-*: number 2 by name, the newest 1" + " are kept")
                .containsPattern(HASH);
        assertThat(registry.tags("acme/app")).contains("build-9");
    }

    @Test
    void protectsByAnExpressionWithACommaInIt() {
        assertThat(prune("--protect", "stable,/build-[0-9]{1,3}/").out())
                .contains(oldest + " (build-9): tag build-9 is kept: it is protected")
                .contains("stable protects no tag.")
                .doesNotContain("{1,3}/ protects no tag");
    }

    @Test
    void saysWhichRulesMeanNothing() throws IOException {
        Files.writeString(
                rules,
                "{\"rules\": [{\"tags\": \"nightly-*\", \"keep\": 1},"
                        + " {\"tags\": \"*\", \"repositories\": \"ghcr.io/acme/app\", \"keep\": 1}]}");
        Path inventory = Files.writeString(folder.resolve("cluster.txt"), Digest.sha256(new byte[1]) + "\n");

        CommandLineRun run = prune("--inventory", inventory.toString());

        assertThat(run.out())
                .contains("The rule for the tags nightly-* means no tag.\n")
                .contains("The rule for the tags * holds in none of these repositories.\n")
                .contains("None of the 1 digests of the inventory is in these repositories.\n");
        assertThat(prune("--apply").err()).contains("The rule for the tags nightly-* means no tag.\n");
    }

    @Test
    void refusesAnInventoryThatNamesNothing() throws IOException {
        Path inventory = Files.createFile(folder.resolve("cluster.txt"));

        CommandLineRun run = prune("--inventory", inventory.toString(), "--apply");

        assertThat(run.err()).startsWith("The inventory names no digest");
        assertThat(registry.tags("acme/app")).contains("build-9");
    }

    @Test
    void appliesAPlanByItsHash() {
        Matcher hash = HASH.matcher(prune("--plan").out());
        assertThat(hash.find()).isTrue();

        CommandLineRun run = prune("--apply", hash.group(1));

        assertThat(run.err()).contains("Deleted " + app + "@" + oldest + ".");
        assertThat(run.code()).isZero();
        assertThat(registry.tags("acme/app")).containsExactly("1.4.0", "build-10");
    }

    @Test
    void deletesAndBringsBack() {
        Path archive = folder.resolve("pruned.jsonl");
        assertThat(prune("--apply", "--archive", archive.toString(), "--json").out())
                .contains("\"outcome\" : \"deleted\"", "\"broken\" : [ ]");
        assertThat(registry.tags("acme/app")).doesNotContain("build-9");

        CommandLineRun run = CommandLineRun.of("restore", "--archive", archive.toString());

        assertThat(run.code()).isZero();
        assertThat(registry.tagged("acme/app", "build-9")).contains(oldest);
    }

    @Test
    void saysWhatCannotBeBroughtBack() {
        Path archive = folder.resolve("pruned.jsonl");
        assertThat(prune("--apply", "--archive", archive.toString()).code()).isZero();
        registry.addImage("acme/app", "build-9", "linux/amd64");

        CommandLineRun run = CommandLineRun.of("restore", "--archive", archive.toString());

        assertThat(run.err())
                .contains(app + ":build-9 was left alone: it leads to ")
                .endsWith("1 manifests or tags were not restored."
                        + " See above why; what the registry no longer has can only be built again.\n");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void keepsWhatAnInventoryNames() throws IOException {
        Path inventory = Files.writeString(folder.resolve("cluster.txt"), app + "@" + oldest + "\n");

        assertThat(prune("--inventory", inventory.toString()).out())
                .contains(app + ": keep   " + oldest + " (build-9): the inventory names it")
                .contains(app + ": untag  " + oldest + " (build-9)");
    }

    @Test
    void keepsWhatAChannelStoodFor() {
        String channel = registry.address() + "/acme/metadata:prod";
        for (String tag : new String[] {"build-9", "1.4.0"}) {
            assertThat(CommandLineRun.of("promote", "--images", app + ":" + tag, "--tags", "prod", "--channel", channel)
                            .err())
                    .contains("prod");
        }

        assertThat(prune("--channel", channel).out()).contains(oldest + " (build-9): channel prod stood for it");
    }

    @Test
    void deletesWhatARunThatBrokeOffDidNotComeTo() throws IOException {
        Path archive = folder.resolve("pruned.jsonl");
        assertThat(prune("--apply", "--archive", archive.toString()).code()).isZero();
        CommandLineRun.of("restore", "--archive", archive.toString());
        registry.untag("acme/app", "build-9");
        List<String> lines = Files.readAllLines(archive);
        Files.write(archive, lines.subList(0, 2));

        assertThat(lines.get(0)).startsWith("{\"begun\":");
        assertThat(lines.get(lines.size() - 1)).startsWith("{\"finished\":");
        assertThat(prune().out()).doesNotContain(oldest.toString());
        assertThat(prune("--apply", "--archive", archive.toString()).err())
                .contains("Deleted " + app + "@" + oldest + ".")
                .contains(": deleted 3 manifests, 0 were gone");
    }

    @Test
    void leavesAloneWhatCameBackAfterARunThatFinished() {
        Path archive = folder.resolve("pruned.jsonl");
        assertThat(prune("--apply", "--archive", archive.toString()).code()).isZero();
        CommandLineRun.of("restore", "--archive", archive.toString());
        registry.untag("acme/app", "build-9");
        registry.clearRequests();

        assertThat(prune("--apply", "--archive", archive.toString()).err()).doesNotContain("Deleted ");
        assertThat(registry.requests()).noneMatch(request -> request.toString().contains(oldest.hex()));
    }

    @Test
    void failsWhereNotAllThatStaysCanBePulled() {
        Digest layer = registry.addBlob("acme/app", "text/plain", "layer of 1.4.0".getBytes(StandardCharsets.UTF_8))
                .digest();
        registry.addBlob("acme/app", MediaTypes.OCI_EMPTY, EmptyBlob.bytes());
        ImageManifest stays = registry.addManifest(
                "acme/app",
                ImageManifest.artifact(
                        "application/vnd.acme.report",
                        List.of(Descriptor.of("text/plain", layer, 14)),
                        Optional.empty(),
                        Map.of()));
        registry.tag("acme/app", "report", stays.digest());
        registry.loseBlob("acme/app", layer);

        CommandLineRun run = prune("--apply");

        assertThat(run.err())
                .contains("0 failed; not all of ")
                .contains("Not all that stays can be pulled: " + app + " lacks the blob " + layer + " of what stays.")
                .endsWith(" Restore it from the archive with restore.\n");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void refusesToDeleteWithoutAnArchive() {
        CommandLineRun run = prune("--apply", "--state", rules.toString());

        assertThat(run.err())
                .isEqualTo("The folder " + rules + "/pruned for what is deleted cannot be made."
                        + " Name a file that may be written with --archive.\n");
        assertThat(registry.tags("acme/app")).contains("build-9");
    }

    @Test
    void refusesMoreDeletionsThanAllowed() {
        CommandLineRun run = prune("--apply", "--max-deletes", "2");

        assertThat(run.err()).contains("Nothing was deleted: 3 deletions are more than the 2 that are allowed.");
        assertThat(run.code()).isEqualTo(1);
    }
}
