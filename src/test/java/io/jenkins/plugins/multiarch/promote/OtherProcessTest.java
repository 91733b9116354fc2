package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that promote with the same folder. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no bash")
class OtherProcessTest {
    private static final TagName STABLE = new TagName(Repository.parse("a.example/acme/app"), new Tag("stable"));
    private static final TagName LATEST = new TagName(STABLE.repository(), Tag.LATEST);

    @TempDir
    private Path path;

    private PromotionFolder folder;

    @BeforeEach
    void makeTheFolder() throws IOException {
        folder = PromotionFolder.at(path);
    }

    @Test
    void takeTurnsAtATagUntilTheOtherDies() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (OtherProcess other = OtherProcess.withTurn(path, STABLE)) {
            assertThat(other.line()).isEqualTo("has it");
            folder.locks().take(List.of(LATEST), line -> {}).close();
            CountDownLatch waiting = new CountDownLatch(1);
            Future<Boolean> turn = thread.submit(() -> {
                try (TagLocks.Held held = folder.locks().take(List.of(STABLE), line -> {
                    assertThat(line).isEqualTo("Waiting for another promotion of a.example/acme/app:stable.");
                    waiting.countDown();
                })) {
                    return held.waited();
                }
            });
            assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();

            other.kill();

            assertThat(turn.get(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void keepTheirTurnsWhereTheSameProcessGivesAnotherBack() throws Exception {
        TagLocks.Held held = folder.locks().take(List.of(STABLE), line -> {});
        folder.locks().take(List.of(LATEST), line -> {}).close();

        try (OtherProcess other = OtherProcess.withTurn(path, STABLE)) {
            assertThat(other.line()).isEqualTo("waits");
            held.close();
            assertThat(other.line()).isEqualTo("has it");
        }
    }

    @Test
    void leavesNoJournalOfAPromotionThatCouldNotBeWrittenDown() throws Exception {
        try (OtherProcess other = OtherProcess.withoutRoomForThePlan(path, STABLE)) {
            assertThat(other.line()).isEqualTo("could not write it");
            assertThat(other.line()).as("it has ended").isNull();
        }
        assertThat(path).isEmptyDirectory();
    }

    @Test
    void leavesNoJournalOfAPromotionWhoseEndCouldNotBeWritten() throws Exception {
        try (OtherProcess other = OtherProcess.withoutRoomForTheEnd(path, STABLE)) {
            assertThat(other.line()).isEqualTo("could not write it");
            assertThat(other.line()).as("it has ended").isNull();
        }
        assertThat(path).isEmptyDirectory();
    }
}
