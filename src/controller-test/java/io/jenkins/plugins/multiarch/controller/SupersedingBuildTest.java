package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.controller.JenkinsClient.Build;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A newer build of a job that aborts the older one, which is in the middle of moving tags. */
class SupersedingBuildTest {
    @TempDir
    private static Path home;

    private static Controller controller;

    @BeforeAll
    static void startTheController() throws Exception {
        controller = new Controller(home);
        controller.start();
    }

    @AfterAll
    static void stopTheController() throws Exception {
        try {
            assertThat(controller.complaintsAboutUs()).isEmpty();
        } finally {
            controller.close();
        }
    }

    /** Jenkins does not wait for the older build; the newer one's promotion does, and finds every tag as it was. */
    @ParameterizedTest
    @ValueSource(strings = {"web/manifests/stable", "base/manifests/latest"})
    void promotesWhenTheOlderOneHasPutBackAllTags(String request) throws Exception {
        String job = "superseded-at-" + request.replace('/', '-');
        try (PromotedSet set = new PromotedSet()) {
            set.registry().on("PUT", "/v2/acme/" + request).fail(Fault.hang());

            controller.client().begin(job, """
                    properties([disableConcurrentBuilds(abortPrevious: true)])
                    promoteTag %s
                    """.formatted(set.arguments()));
            set.registry().awaitHanging();
            controller.client().beginAgain(job);
            Build older = controller.client().end(job);
            Build newer = controller.client().end(job, 2);

            assertThat(older.result()).as(older.log()).isEqualTo("NOT_BUILT");
            assertThat(older.log()).doesNotContain("\tat ");
            assertThat(newer.result()).as(newer.log()).isEqualTo("SUCCESS");
            assertThat(older.log()).contains("Superseded by ", "Restored ");
            assertThat(older.log().lastIndexOf("Restored "))
                    .as("it has put back all tags before it ends")
                    .isLessThan(older.log().indexOf("End of Pipeline"));
            assertThat(lines(newer, "Added ")).as(newer.log()).hasSize(5);
            assertThat(lines(newer, "Moved ")).as(newer.log()).hasSize(10);
            assertThat(set.state()).isEqualTo("new");
            assertThat(home.resolve("multiarch-release/promotions")).isEmptyDirectory();
        }
    }

    private static List<String> lines(Build build, String beginning) {
        return build.log().lines().filter(line -> line.startsWith(beginning)).toList();
    }
}
