package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
            Process copy = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "copy",
                            source.address() + "/acme/app:1.4",
                            target.address() + "/acme/app:1.4")
                    .start();
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
}
