package io.jenkins.plugins.multiarch.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RandomGraphsTest {
    private static final int GRAPHS = 20_000;

    private static Marks marks(RandomGraph random, Graph graph, RetentionRules rules) {
        return Marks.of(graph, rules, random.roots, random.judged, RandomGraph.NOW);
    }

    @Test
    void deletesNothingThatAKeptRootNeedsAndEverythingElse() {
        List<Long> wrong = new ArrayList<>();
        long deleted = 0;
        for (long seed = 0; seed < GRAPHS; seed++) {
            RandomGraph random = new RandomGraph(seed, true);
            Set<Digest> ours =
                    marks(random, random.graph(), random.rules.read()).deleted();
            deleted += ours.size();
            if (!ours.equals(new ExpectedMarks(random).deleted())) {
                wrong.add(seed);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(deleted)
                .as("graphs of which nothing goes would show nothing")
                .isGreaterThan(GRAPHS / 2);
    }

    @Test
    void catchesMistakesThatOthersMade() {
        Map<Mistake, Integer> caught = new EnumMap<>(Mistake.class);
        for (long seed = 0; seed < GRAPHS / 10; seed++) {
            RandomGraph random = new RandomGraph(seed, true);
            Set<Digest> expected = new ExpectedMarks(random).deleted();
            RetentionRules rules = random.rules.read();
            for (Mistake mistake : Mistake.values()) {
                Marks marks = marks(random, mistake.graph(random), mistake.rules(rules));
                caught.merge(mistake, marks.deleted().equals(expected) ? 0 : 1, Integer::sum);
            }
        }

        assertThat(caught)
                .containsOnlyKeys(Mistake.values())
                .allSatisfy(
                        (mistake, times) -> assertThat(times).as("%s", mistake).isGreaterThan(5));
    }

    @Test
    void givesReasonsThatAreTrue() {
        for (long seed = 0; seed < GRAPHS / 10; seed++) {
            RandomGraph random = new RandomGraph(seed, true);
            ExpectedMarks expected = new ExpectedMarks(random);
            Graph graph = random.graph();
            ReadRepository read = new ReadRepository(null, graph, marks(random, graph, random.rules.read()));
            for (PlannedManifest manifest : read.manifests()) {
                assertThat(new TrueReasons(random, expected)
                                .isTrue(manifest.digest(), manifest.kept(), manifest.reason()))
                        .as("seed %s: %s", seed, manifest.line())
                        .isTrue();
            }
            for (PlannedUntag untag : read.untags()) {
                assertThat(new TagVerdict(false, untag.reason()))
                        .as("seed %s: %s", seed, untag.line())
                        .isEqualTo(expected.verdict(untag.tag()));
            }
        }
    }

    @Test
    void noticesAReasonWithAnotherPlaceOrAge() {
        for (long seed = 0; seed < GRAPHS / 100; seed++) {
            RandomGraph random = new RandomGraph(seed, true);
            TrueReasons reasons = new TrueReasons(random, new ExpectedMarks(random));
            Graph graph = random.graph();
            for (PlannedManifest manifest :
                    new ReadRepository(null, graph, marks(random, graph, random.rules.read())).manifests()) {
                String other = manifest.reason()
                        .replaceAll("number ([0-9]+)", "number 1$1")
                        .replaceAll("younger than ([0-9]+)", "younger than 1$1");
                assertThat(reasons.isTrue(manifest.digest(), manifest.kept(), other))
                        .as("seed %s: %s", seed, other)
                        .isEqualTo(other.equals(manifest.reason()));
                assertThat(reasons.isTrue(manifest.digest(), !manifest.kept(), manifest.reason()))
                        .isFalse();
            }
        }
    }

    /** Harbor deletes with an index what nothing else lists and no tag leads to. */
    @Test
    void takesNothingAlongThatStaysWhereTheProviderWould() {
        for (long seed = 0; seed < GRAPHS / 10; seed++) {
            RandomGraph random = new RandomGraph(seed, true);
            Graph graph = random.graph();
            ExpectedMarks expected = new ExpectedMarks(random);
            Marks marks = marks(random, graph, random.rules.read());
            marks.keepWhatTakesAlong("Harbor");
            Set<Digest> alsoKept = new TreeSet<>(marks.kept());
            alsoKept.removeAll(expected.kept());

            assertThat(marks.kept()).as("seed %s", seed).containsAll(expected.kept());
            for (Digest digest : marks.kept()) {
                boolean tagged = random.tags.entrySet().stream()
                        .anyMatch(tag -> tag.getValue().equals(digest) && expected.stays(tag.getKey()));
                Set<Digest> parents = new HashSet<>(graph.parentsOf(digest));
                assertThat(tagged || parents.isEmpty() || parents.stream().anyMatch(marks::isKept))
                        .as("seed %s: %s", seed, digest)
                        .isTrue();
            }
            assertThat(alsoKept.isEmpty()
                            || alsoKept.stream()
                                    .anyMatch(digest -> Optional.ofNullable(marks.reason(digest))
                                            .filter(reason -> reason.startsWith("with it Harbor would delete "))
                                            .isPresent()))
                    .as("seed %s", seed)
                    .isTrue();
        }
    }
}
