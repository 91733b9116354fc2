package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.promote.FileJournal;
import io.jenkins.plugins.multiarch.promote.JournalEntry;
import io.jenkins.plugins.multiarch.promote.PromotionFolder;
import io.jenkins.plugins.multiarch.promote.Receipt;
import io.jenkins.plugins.multiarch.promote.ReleaseNote;
import io.jenkins.plugins.multiarch.promote.ReturnTo;
import io.jenkins.plugins.multiarch.promote.TagChange;
import io.jenkins.plugins.multiarch.promote.TagName;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackVerbTest {
    @TempDir
    Path folder;

    private FakeRegistry registry;
    private Digest before;
    private Digest after;
    private String app;

    @BeforeEach
    void publishTwoImages() {
        registry = FakeRegistry.start();
        app = registry.address() + "/acme/app";
        before = registry.addImage("acme/app", "1.3", "linux/amd64").digest();
        after = registry.addImage("acme/app", "1.4", "linux/amd64").digest();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private void promoteBoth(String... more) {
        for (String tag : List.of("1.3", "1.4")) {
            List<String> words = new ArrayList<>(List.of("promote", "--images", app + ":" + tag, "--tags", "stable"));
            words.addAll(List.of(more));
            assertThat(CommandLineRun.with(Map.of("BUILD_NUMBER", tag.substring(2)), words.toArray(String[]::new))
                            .code())
                    .isZero();
        }
    }

    private CommandLineRun rollBack(String... more) {
        List<String> words = new ArrayList<>(List.of("rollback", "--images", app, "--tags", "stable"));
        words.addAll(List.of(more));
        return CommandLineRun.of(words.toArray(String[]::new));
    }

    @Test
    void movesTagsBackAndLeavesAReceipt() {
        promoteBoth();

        CommandLineRun run = rollBack("--to", "previous");

        assertThat(run.err())
                .isEqualTo("Moved %s:stable from %s to %s.\n".formatted(app, after, before)
                        + "Left a receipt beside %s@%s.\n".formatted(app, before));
        assertThat(run.out()).isEqualTo("%s:stable@%s\n".formatted(app, before));
        assertThat(registry.tagged("acme/app", "stable")).contains(before);
    }

    @Test
    void knowsBuildsByTheNumberOfTheEnvironment() {
        promoteBoth();

        assertThat(rollBack("--to", "#3").code()).isZero();

        assertThat(registry.tagged("acme/app", "stable")).contains(before);
    }

    @Test
    void appliesAPlanByItsHash() {
        promoteBoth();
        CommandLineRun plan = rollBack("--to", "previous", "--plan");
        String hash = plan.out().replaceAll("(?s).*--apply (sha256:[0-9a-f]{64})\\.\n", "$1");
        assertThat(registry.tagged("acme/app", "stable")).contains(after);

        CommandLineRun run = rollBack("--to", "previous", "--apply", hash);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(registry.tagged("acme/app", "stable")).contains(before);
    }

    @Test
    void finishesARollbackThatBrokeOffAndGoesNoFurther() throws IOException {
        promoteBoth();
        Path state = folder.resolve("state");
        Repository repository = registry.repository("acme/app");
        TagChange back = new TagChange(new TagName(repository, new Tag("stable")), Optional.of(after), before);
        ReleaseNote note =
                new ReleaseNote("", "", "", "", Optional.of(new ReturnTo(Optional.empty(), Optional.empty())));
        Receipt receipt =
                new Receipt(Instant.now(), note, List.of(back), Map.of(ImageRef.of(repository, before), "1.3"));
        FileJournal broken = PromotionFolder.at(state).journal();
        broken.append(new JournalEntry.Planned(List.of(back), Optional.of(receipt)));
        broken.close();

        CommandLineRun run = rollBack("--to", "previous", "--state", state.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).startsWith("Finishing a promotion that broke off: " + app + ":stable.\n");
        assertThat(run.out()).isEqualTo("%s:stable@%s\n".formatted(app, before));
        assertThat(registry.tagged("acme/app", "stable")).contains(before);
        assertThat(state.toFile().list()).as("no journal").containsExactly("turns");
    }

    @Test
    void countsOnlyReceiptsOfTheKeysThatWereNamed() throws IOException {
        Path key = Files.write(folder.resolve("p256.pem"), SampleKeys.file("p256.pem"));
        Path its = Files.write(folder.resolve("p256.pub"), SampleKeys.file("p256.pub"));
        Path other = Files.write(folder.resolve("p384.pub"), SampleKeys.file("p384.pub"));
        promoteBoth("--receipt-key", key.toString());

        CommandLineRun refused = rollBack("--to", "previous", "--receipts-of", other.toString());
        CommandLineRun done = rollBack("--to", "previous", "--receipts-of", its.toString());

        assertThat(refused.err())
                .isEqualTo(app + ":stable was not rolled back: no receipt by the " + SampleKeys.trusted("p384.pub")
                        + " beside " + after
                        + " tells where it led before. Name the version or the digest to go back to.\n");
        assertThat(done.code()).as(done.err()).isZero();
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
        CommandLineRun run = rollBack("--to", "the good one");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("'the good one' names no release to go back to.");
    }
}
