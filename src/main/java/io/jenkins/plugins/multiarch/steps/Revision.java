package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** The revision that all platforms of a build are built of: that of the first checkout. It is kept with the Pipeline. */
public final class Revision implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String COMMIT = "GIT_COMMIT";

    private @CheckForNull String commit;

    Revision() {}

    /**
     * What to check out in place of what was just checked out.
     *
     * @param checkedOut what the checkout said
     * @param scm what it was given
     * @return nothing where that is the revision, or a source of another kind than Git
     */
    public @CheckForNull Object other(@CheckForNull Map<?, ?> checkedOut, Object scm) {
        String found = checkedOut == null ? null : (String) checkedOut.get(COMMIT);
        if (found == null) {
            return null;
        }
        if (commit == null) {
            commit = found;
        }
        return found.equals(commit) ? null : pinned(scm, commit);
    }

    /** The commit, as far as a checkout said one. */
    public @CheckForNull String getCommit() {
        return commit;
    }

    /** Whether somebody ended the build, so that nothing is to go on. */
    public boolean isAbort(Throwable failure) {
        return failure instanceof FlowInterruptedException interruption && interruption.isActualInterruption();
    }

    /** The same source with the commit in place of the branch. */
    private static Object pinned(Object scm, String commit) {
        return pinned(DescribableModel.of(scm.getClass()), scm, commit);
    }

    @SuppressWarnings("unchecked")
    private static <T> Object pinned(DescribableModel<T> model, Object scm, String commit) {
        Map<String, Object> arguments = model.uninstantiate((T) scm);
        arguments.put("branches", List.of(Map.of("name", commit)));
        return model.instantiate(arguments);
    }
}
