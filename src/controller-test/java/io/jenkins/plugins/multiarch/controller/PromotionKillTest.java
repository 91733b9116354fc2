package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.controller.JenkinsClient.Build;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.LoggedRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller that is killed while tags of five images move, three each, and comes back. */
class PromotionKillTest {
    /** How many builds move tags when it is killed, each at another of its requests. */
    private static final int KILLED = 12;
    /** Requests at the end of which the last may not come. */
    private static final int MARGIN = 8;

    @TempDir
    private static Path home;

    private static Controller controller;
    private static Process agent;

    private final List<TaggedSet> sets = new ArrayList<>();

    @BeforeAll
    static void startTheController() throws Exception {
        controller = new Controller(home);
        controller.start();
        controller.addNode("builder", "", KILLED);
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
        sets.forEach(TaggedSet::close);
        sets.clear();
    }

    @Test
    void leavesNoMixWhicheverRequestOfAPromotionItDiesAt() throws Exception {
        diesInTheMiddleOf("promoted", PromotedSet::new);
    }

    @Test
    void leavesNoMixWhicheverRequestOfARollbackItDiesAt() throws Exception {
        diesInTheMiddleOf("rolled-back", RolledBackSet::new);
    }

    /** The agent is gone too, so none of the builds goes on before it is back: what they left is ended all the same. */
    private void diesInTheMiddleOf(String job, Callable<TaggedSet> another) throws Exception {
        List<Integer> requests = spread(requestsOfOne(job, another));
        for (int number : requests) {
            TaggedSet set = newSet(another);
            set.registry().on("*", "/v2/*").occurrence(number).fail(Fault.hang());
            controller.client().begin(job + "-" + number, "node('builder') { " + set.pipeline() + " }");
            set.registry().awaitHanging();
        }
        List<TaggedSet> killed = sets.subList(1, sets.size());

        agent.destroyForcibly().waitFor();
        controller.kill();
        List<String> mixed = killed.stream()
                .map(TaggedSet::state)
                .filter(state -> state.length() > 3)
                .toList();
        controller.start();

        assertThat(mixed).as("the controller died in the middle of some").isNotEmpty();
        for (TaggedSet set : killed) {
            Eventually.get(
                    "all tags to be old or new",
                    () -> Optional.of(set.state())
                            .filter(state -> List.of("old", "new").contains(state)));
        }
        agent = controller.connect("builder");
        for (int i = 0; i < requests.size(); i++) {
            Build build = controller.client().end(job + "-" + requests.get(i));
            assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
            assertThat(build.log()).doesNotContain("\tat ");
            assertThat(killed.get(i).state()).as(build.log()).isEqualTo("new");
        }
        assertThat(home.resolve("multiarch-release/promotions")).isEmptyDirectory();
    }

    /**
     * The first request, and as many as there are to be from the first that writes to one of the last: how many there are
     * differs by a few, as what is done side by side may ask twice for the same.
     */
    private static List<Integer> spread(List<LoggedRequest> all) {
        int first = 1;
        while (!all.get(first - 1).method().equals("PUT")) {
            first++;
        }
        List<Integer> numbers = new ArrayList<>(List.of(1));
        for (int i = 0; i < KILLED - 1; i++) {
            numbers.add(first + i * (all.size() - MARGIN - first) / (KILLED - 2));
        }
        return numbers;
    }

    private TaggedSet newSet(Callable<TaggedSet> another) throws Exception {
        TaggedSet set = another.call();
        sets.add(set);
        return set;
    }

    private List<LoggedRequest> requestsOfOne(String job, Callable<TaggedSet> another) throws Exception {
        TaggedSet set = newSet(another);
        Build build = controller.client().run(job, "node('builder') { " + set.pipeline() + " }");
        assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
        assertThat(set.state()).isEqualTo("new");
        return set.registry().requests();
    }
}
