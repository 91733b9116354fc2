package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** The revision that all platforms of a build are built of: that of the first checkout. It is kept with the Pipeline. */
public final class Revision implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String COMMIT = "GIT_COMMIT";
    private static final String URL = "GIT_URL";

    /** The ways in which the Git plugin merges after it checked out; the commit it makes is on no other agent. */
    static final Set<String> MERGES = Set.of("PreBuildMerge", "MergeWithGitSCMExtension");

    private @CheckForNull String commit;
    private @CheckForNull String url;

    Revision() {}

    /**
     * What to check out in place of what was just checked out.
     *
     * @param checkedOut what the checkout said
     * @param scm what it was given
     * @return nothing where that is the revision, where it was merged only now, or where it is not of Git
     */
    public @CheckForNull Object other(@CheckForNull Map<?, ?> checkedOut, Object scm) {
        String found = checkedOut == null ? null : (String) checkedOut.get(COMMIT);
        if (found == null || isMerged(scm)) {
            return null;
        }
        if (commit == null) {
            commit = found;
            url = (String) checkedOut.get(URL);
        }
        return found.equals(commit) ? null : pinned(scm, commit);
    }

    /** The commit, as far as a checkout said one. */
    public @CheckForNull String getCommit() {
        return commit;
    }

    /** Where it is fetched from, as far as a checkout said it. */
    public @CheckForNull String getUrl() {
        return url;
    }

    /** Whether somebody ended the build, so that nothing is to go on. */
    public boolean isAbort(Throwable failure) {
        return failure instanceof FlowInterruptedException interruption && interruption.isActualInterruption();
    }

    private static boolean isMerged(Object scm) {
        Object extensions = arguments(DescribableModel.of(scm.getClass()), scm).get("extensions");
        return extensions instanceof Collection<?> all
                && all.stream().map(Revision::kind).anyMatch(MERGES::contains);
    }

    private static Object kind(Object extension) {
        return extension instanceof Map<?, ?> described
                ? described.get(DescribableModel.CLAZZ)
                : extension.getClass().getSimpleName();
    }

    /** The same source with the commit in place of the branch. */
    private static Object pinned(Object scm, String commit) {
        return pinned(DescribableModel.of(scm.getClass()), scm, commit);
    }

    @SuppressWarnings("unchecked")
    private static <T> Map<String, Object> arguments(DescribableModel<T> model, Object scm) {
        return model.uninstantiate((T) scm);
    }

    private static <T> Object pinned(DescribableModel<T> model, Object scm, String commit) {
        Map<String, Object> arguments = arguments(model, scm);
        arguments.put("branches", List.of(Map.of("name", commit)));
        return model.instantiate(arguments);
    }
}
