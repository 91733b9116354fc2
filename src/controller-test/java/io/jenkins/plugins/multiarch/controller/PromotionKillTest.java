package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.controller.JenkinsClient.Build;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller that is killed in the middle of promotions of five images with three tags each, and comes back. */
class PromotionKillTest {
    /** How many promotions are under way when it is killed, each at another of its requests. */
    private static final int PROMOTIONS = 12;

    @TempDir
    private static Path home;

    private static Controller controller;
    private static Process agent;

    private final List<PromotedSet> sets = new ArrayList<>();

    @BeforeAll
    static void startTheController() throws Exception {
        controller = new Controller(home);
        controller.start();
        controller.addNode("builder", "", PROMOTIONS);
        agent = controller.connect("builder");
    }

    @AfterAll
    static void stopTheController() throws Exception {
        try {
            assertThat(controller.complaintsAboutUs()).isEmpty();
        } finally {
            controller.close();
        }
    }

    @AfterEach
    void stopTheRegistries() {
        sets.forEach(PromotedSet::close);
    }

    /** Their agent is gone too, so none of the builds goes on before it is back: what they left is ended all the same. */
    @Test
    void leavesNoMixWhicheverRequestItDiesAt() throws Exception {
        int requests = requestsOfOne();
        for (int i = 0; i < PROMOTIONS; i++) {
            PromotedSet set = newSet();
            set.registry()
                    .on("*", "/v2/*")
                    .occurrence(1 + i * (requests - 2) / PROMOTIONS)
                    .fail(Fault.hang());
            controller.client().begin(job(i), "node('builder') { " + set.pipeline() + " }");
            set.registry().awaitHanging();
        }
        List<PromotedSet> killed = sets.subList(1, sets.size());

        agent.destroyForcibly().waitFor();
        controller.kill();
        List<String> mixed = killed.stream()
                .map(PromotedSet::state)
                .filter(state -> state.length() > 3)
                .toList();
        controller.start();

        assertThat(mixed).as("the controller died in the middle of some").isNotEmpty();
        for (PromotedSet set : killed) {
            Eventually.get(
                    "all tags to be old or new",
                    () -> Optional.of(set.state())
                            .filter(state -> List.of("old", "new").contains(state)));
        }
        agent = controller.connect("builder");
        for (int i = 0; i < PROMOTIONS; i++) {
            Build build = controller.client().end(job(i));
            assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
            assertThat(build.log()).doesNotContain("\tat ");
            assertThat(killed.get(i).state()).isEqualTo("new");
        }
        assertThat(home.resolve("multiarch-release/promotions")).isEmptyDirectory();
    }

    private static String job(int number) {
        return "killed-" + number;
    }

    private PromotedSet newSet() {
        PromotedSet set = new PromotedSet();
        sets.add(set);
        return set;
    }

    private int requestsOfOne() throws Exception {
        PromotedSet set = newSet();
        Build build = controller.client().run("undisturbed", "node('builder') { " + set.pipeline() + " }");
        assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
        assertThat(set.state()).isEqualTo("new");
        return set.registry().requests().size();
    }
}
