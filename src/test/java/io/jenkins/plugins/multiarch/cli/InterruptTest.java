package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process, because a signal goes to one. */
class InterruptTest {

    @Test
    @Timeout(60)
    void endsCleanlyAndLeavesNoUploadBehind() throws IOException, InterruptedException {
        try (FakeRegistry source = FakeRegistry.start();
                FakeRegistry target = FakeRegistry.start()) {
            source.addImage("acme/app", "1.4", "linux/amd64");
            CountDownLatch writing = new CountDownLatch(1);
            target.on("POST", "/v2/acme/app/blobs/uploads/").fail(Fault.after(writing::countDown));
            target.on("PUT", "/v2/acme/app/manifests/*").fail(Fault.hang());
            Process copy = start("copy", source.address() + "/acme/app:1.4", target.address() + "/acme/app:1.4");
            assertThat(writing.await(30, TimeUnit.SECONDS)).isTrue();

            copy.toHandle().destroy();

            String said = new String(copy.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(copy.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(said)
                    .endsWith("Stopped. What was done until here is said above; run it again to finish, nothing is done"
                            + " twice.\n")
                    .doesNotContain("\tat ");
            assertThat(target.tags("acme/app")).isEmpty();
        }
    }

    private static Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).start();
    }

    /** However long that takes, and whoever cannot wait is told how it goes on. */
    @Test
    @Timeout(120)
    void waitsUntilEveryTagIsBack(@TempDir Path state) throws IOException, InterruptedException {
        try (FakeRegistry registry = FakeRegistry.start()) {
            Digest old = registry.addImage("acme/app", "stable", "linux/amd64").digest();
            registry.tag("acme/app", "latest", old);
            registry.addImage("acme/app", "1.4", "linux/amd64", "linux/arm64");
            CountDownLatch moving = new CountDownLatch(1);
            registry.on("PUT", "/v2/acme/app/manifests/latest").fail(Fault.after(moving::countDown));
            registry.on("HEAD", "/v2/acme/app/manifests/latest").occurrence(3).fail(Fault.hang());
            Process promotion = start(
                    "promote",
                    "--images",
                    registry.address() + "/acme/app:1.4",
                    "--tags",
                    "stable,latest",
                    "--state",
                    state.toString());
            assertThat(moving.await(60, TimeUnit.SECONDS)).isTrue();
            registry.awaitHanging();
            registry.on("PUT", "/v2/acme/app/manifests/stable").fail(Fault.hang());

            promotion.toHandle().destroy();

            BufferedReader said = promotion.errorReader(StandardCharsets.UTF_8);
            assertThat(said.lines()
                            .filter(line -> line.startsWith("Tags are still"))
                            .findFirst()
                            .orElseThrow())
                    .startsWith("Tags are still being put back, as the journal " + state)
                    .endsWith(
                            " tells. Where this is killed, the same command with the same --state goes on with that.");
            registry.release();
            assertThat(promotion.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(registry.tagged("acme/app", "stable")).contains(old);
            assertThat(registry.tagged("acme/app", "latest")).contains(old);
            assertThat(state.toFile().list()).containsExactly("turns");
        }
    }
}
