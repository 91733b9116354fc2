package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an earlier run was to delete and did not come to. No list may name it any more, for what listed it went first.
 *
 * @param since when that run began; what was pushed later is not what it meant
 */
public record LeftBehind(Instant since, Map<Repository, Set<Digest>> manifests) {
    public static final LeftBehind NOTHING = new LeftBehind(Instant.EPOCH, Map.of());

    public LeftBehind {
        manifests = Map.copyOf(manifests);
    }

    /**
     * Reads what is in an archive behind the last run that finished, with what that run could not delete; nothing where there
     * is no such file.
     */
    public static LeftBehind in(Path archive) throws IOException, InterruptedException {
        if (!Files.exists(archive)) {
            return NOTHING;
        }
        ArchivedRun runs = new ArchivedRun();
        Archive.read(archive, runs::see, runs::see);
        return runs.left();
    }

    Set<Digest> in(Repository repository) {
        return manifests.getOrDefault(repository, Set.of());
    }

    /** Those that are still what the run meant, as far as the provider tells. */
    Set<Digest> judged(Graph graph) {
        return in(graph.repository()).stream()
                .filter(digest ->
                        !graph.pushed().getOrDefault(digest, Instant.MIN).isAfter(since))
                .collect(Collectors.toSet());
    }
}
