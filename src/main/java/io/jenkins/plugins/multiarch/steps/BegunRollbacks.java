package io.jenkins.plugins.multiarch.steps;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.multiarch.promote.RollbackMemory;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the rollbacks of a build go back to, by the step. Saved with the build before any tag moves, as a step runs again when
 * Jenkins restarts before Pipeline knows that it was done.
 */
public final class BegunRollbacks extends InvisibleAction {
    private final LinkedHashMap<String, String> releases;

    private BegunRollbacks(Map<String, String> releases) {
        this.releases = new LinkedHashMap<>(releases);
    }

    /** That of one step. */
    static RollbackMemory of(Run<?, ?> run, String step) {
        return new RollbackMemory() {
            @Override
            public Optional<String> recall() {
                return Optional.ofNullable(all(run).get(step));
            }

            @Override
            public void keep(String release) throws IOException {
                synchronized (run) {
                    Map<String, String> releases = all(run);
                    releases.put(step, release);
                    run.addOrReplaceAction(new BegunRollbacks(releases));
                }
                run.save();
            }
        };
    }

    private static Map<String, String> all(Run<?, ?> run) {
        BegunRollbacks begun = run.getAction(BegunRollbacks.class);
        return begun == null ? new LinkedHashMap<>() : new LinkedHashMap<>(begun.releases);
    }
}
