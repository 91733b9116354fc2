package io.jenkins.plugins.multiarch.steps;

import hudson.model.Result;
import hudson.scm.ChangeLogSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/**
 * Which files changed, by the change logs that Jenkins keeps with builds: that of this build, and those of the builds before
 * it up to the last that succeeded, for what they changed was not released.
 */
final class RecordedChanges {
    private static final String GIT = "git";

    /** How many builds are looked at; who knows no success among so many knows nothing. */
    private static final int MAX_BUILDS = 50;

    private static final int MAX_FILES = 100_000;

    private RecordedChanges() {}

    /**
     * Paths from the top of a repository.
     *
     * @param source its address without a login
     * @return nothing where a log is missing, as of the first build, so that nobody knows
     */
    static Optional<List<String>> of(WorkflowRun run, String source) {
        Set<String> files = new TreeSet<>();
        WorkflowRun build = run;
        for (int looked = 0; looked < MAX_BUILDS && files.size() <= MAX_FILES; looked++) {
            List<ChangeLogSet<? extends ChangeLogSet.Entry>> logs = logs(build, source);
            WorkflowRun before = build.getPreviousBuild();
            if (logs.isEmpty() || before == null) {
                return Optional.empty();
            }
            for (ChangeLogSet<? extends ChangeLogSet.Entry> log : logs) {
                for (ChangeLogSet.Entry entry : log) {
                    files.addAll(entry.getAffectedPaths());
                }
            }
            if (!before.isBuilding() && before.getResult() == Result.SUCCESS) {
                return Optional.of(List.copyOf(files));
            }
            build = before;
        }
        return Optional.empty();
    }

    /** Those of this repository: all where the build checked out no other, else those that lead to its commit. */
    private static List<ChangeLogSet<? extends ChangeLogSet.Entry>> logs(WorkflowRun build, String source) {
        List<Checkout> checkouts = Checkouts.of(build);
        boolean isAlone = !checkouts.isEmpty()
                && checkouts.stream().allMatch(checkout -> checkout.url().equals(source));
        Set<String> commits = checkouts.stream()
                .filter(checkout -> checkout.url().equals(source))
                .map(Checkout::commit)
                .collect(Collectors.toSet());
        return build.getChangeSets().stream()
                .filter(log -> GIT.equals(log.getKind()))
                .filter(log -> isAlone || leadsTo(log, commits))
                .collect(Collectors.toList());
    }

    private static boolean leadsTo(ChangeLogSet<? extends ChangeLogSet.Entry> log, Set<String> commits) {
        for (ChangeLogSet.Entry entry : log) {
            if (commits.contains(entry.getCommitId())) {
                return true;
            }
        }
        return false;
    }
}
