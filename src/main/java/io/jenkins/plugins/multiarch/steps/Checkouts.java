package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.SCMListener;
import hudson.scm.SCM;
import hudson.scm.SCMRevisionState;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/**
 * What a Pipeline checked out, its own text and shared libraries too, in its order. Saved with the build, shown nowhere.
 * Of two checkouts of one repository that end at the same moment, the Git plugin may tell the commit of one alone.
 */
public final class Checkouts extends InvisibleAction {
    /** Never changed but replaced, as the build may be saved at any time by another thread. */
    private volatile ArrayList<Checkout> all = new ArrayList<>();

    static List<Checkout> of(Run<?, ?> run) {
        Checkouts found = run.getAction(Checkouts.class);
        return found == null ? List.of() : List.copyOf(found.all);
    }

    private static void add(Run<?, ?> run, Checkout checkout) {
        synchronized (run) {
            Checkouts found = run.getAction(Checkouts.class);
            if (found == null) {
                found = new Checkouts();
                run.addAction(found);
            }
            if (found.all.stream().noneMatch(checkout::isOf)) {
                ArrayList<Checkout> changed = new ArrayList<>(found.all);
                changed.add(checkout);
                found.all = changed;
            }
        }
    }

    /** Hears of every checkout on the controller, which no build can do in its place. */
    @Extension
    public static final class Listener extends SCMListener {

        @Override
        public void onCheckout(
                Run<?, ?> build,
                SCM scm,
                @CheckForNull FilePath workspace,
                TaskListener listener,
                @CheckForNull File changelogFile,
                @CheckForNull SCMRevisionState pollingBaseline) {
            if (build instanceof WorkflowRun run) {
                Map<String, String> said = new TreeMap<>();
                scm.buildEnvironment(build, said);
                boolean byAgent = workspace == null || workspace.isRemote() || hasBegun(run.getExecution());
                Checkout.of(said, byAgent).ifPresent(checkout -> add(build, checkout));
            }
        }

        /** On the node of the controller, too, what a script ran before may tell Git what to answer. */
        private static boolean hasBegun(@CheckForNull FlowExecution execution) {
            return execution != null && !execution.getCurrentHeads().isEmpty();
        }
    }
}
