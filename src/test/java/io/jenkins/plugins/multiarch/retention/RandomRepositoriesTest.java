package io.jenkins.plugins.multiarch.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deleted of random repositories by all that takes a part in it: reader, rules, order, deletion and the check. */
class RandomRepositoriesTest {
    private static final int REPOSITORIES = 1_000;

    @TempDir
    private Path folder;

    private PruneReport prune(RandomRepository there, long seed) throws Exception {
        Path archive = folder.resolve("pruned.jsonl");
        Files.deleteIfExists(archive);
        return there.prune(archive, seed % 10 == 0);
    }

    @Test
    void loseWhatNothingNeedsAndNothingElse() throws Exception {
        for (long seed = 0; seed < REPOSITORIES; seed++) {
            RandomGraph random = new RandomGraph(seed, false);
            ExpectedMarks expected = new ExpectedMarks(random);
            RandomRepository there = new RandomRepository(random, true);

            PruneReport report = prune(there, seed);

            assertThat(there.manifests()).as("seed %s", seed).isEqualTo(expected.kept());
            assertThat(there.tags()).as("seed %s", seed).isEqualTo(there.tagsThatStay(expected));
            assertThat(report.broken()).as("seed %s", seed).isEmpty();
        }
    }

    /** Where no time of a push is told, and nothing lists what has no tag, such as the index of a build that is pushing. */
    @Test
    void loseNothingThatIsNeededWhereOnlyTagsAreListed() throws Exception {
        long deleted = 0;
        for (long seed = REPOSITORIES; seed < 2 * REPOSITORIES; seed++) {
            RandomGraph random = new RandomGraph(seed, false);
            random.pushed.clear();
            ExpectedMarks expected = new ExpectedMarks(random);
            RandomRepository there = new RandomRepository(random, false);

            PruneReport report = prune(there, seed);

            deleted += random.nodes.size() - there.manifests().size();
            assertThat(there.manifests()).as("seed %s", seed).containsAll(expected.needed());
            assertThat(report.broken()).as("seed %s", seed).isEmpty();
        }
        assertThat(deleted).isGreaterThan(REPOSITORIES / 8);
    }
}
