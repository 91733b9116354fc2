package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.Set;
import jenkins.model.Jenkins;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * Finds the build that an image is taken from, as far as the build that takes it may see it.
 *
 * <p>A build that runs as the system itself, which is how most run, sees of other jobs what everybody sees who is logged in;
 * otherwise any job could read the artifacts of all.
 *
 * @param reader the build that takes the image
 * @param runsAs its authentication
 */
record StagedSource(Run<?, ?> reader, Authentication runsAs) {
    static final String LAST_SUCCESSFUL = "lastSuccessful";

    /**
     * The build that is meant.
     *
     * @param from the name of a job, as seen from the reader's, or nothing for its own
     * @param build a number or {@value #LAST_SUCCESSFUL}; without it and {@code from}, the reader itself
     * @throws ReleaseException if there is none, or it may not be read
     */
    Run<?, ?> find(@CheckForNull String from, @CheckForNull String build) {
        refuseUnlessBuild(build);
        if (from == null && build == null) {
            return reader;
        }
        Job<?, ?> job = from == null ? reader.getParent() : job(from);
        return build == null || build.equals(LAST_SUCCESSFUL) ? lastSuccessful(job) : numbered(job, build);
    }

    /** @throws ReleaseException if it is neither a number nor {@value #LAST_SUCCESSFUL} */
    static void refuseUnlessBuild(@CheckForNull String build) {
        if (build != null && !build.equals(LAST_SUCCESSFUL) && !build.matches("[0-9]{1,9}")) {
            throw new ReleaseException(
                    "'" + Shown.of(build) + "' is not a build.",
                    "Write its number, or " + LAST_SUCCESSFUL + " for the last one that succeeded or was unstable.");
        }
    }

    private Job<?, ?> job(String name) {
        Job<?, ?> job;
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            job = Jenkins.get().getItem(name, (Item) reader.getParent(), Job.class);
        }
        if (job == null || !(job.equals(reader.getParent()) || mayRead(job))) {
            throw new ReleaseException(
                    "There is no job '" + Shown.of(name) + "' that "
                            + reader.getParent().getFullName() + " may read; its build runs as " + runsAs.getName()
                            + ".",
                    isSystem()
                            ? "Check the name, and let users who are logged in read the job and its artifacts, or let the"
                                    + " build run as a user who may (plugin Authorize Project)."
                            : "Check the name, and let that user read the job and its artifacts.");
        }
        return job;
    }

    /** Whether the reader may know of a job and its artifacts. */
    boolean mayRead(Item job) {
        boolean artifacts = !Run.ARTIFACTS.getEnabled() || has(job, Run.ARTIFACTS);
        Object item = job;
        while (item instanceof Item below && has(below, Item.READ)) {
            item = below.getParent();
        }
        return artifacts && !(item instanceof Item);
    }

    private boolean has(AccessControlled item, Permission permission) {
        Authentication as = isSystem()
                ? new UsernamePasswordAuthenticationToken(
                        "authenticated", "", Set.of(SecurityRealm.AUTHENTICATED_AUTHORITY2))
                : runsAs;
        return item.getACL().hasPermission2(as, permission);
    }

    private boolean isSystem() {
        return ACL.SYSTEM2.equals(runsAs);
    }

    private static Run<?, ?> lastSuccessful(Job<?, ?> job) {
        Run<?, ?> last = job.getLastSuccessfulBuild();
        if (last == null) {
            throw new ReleaseException(
                    job.getFullName() + " has no build that succeeded.",
                    "Build it first, or name one of its builds by number.");
        }
        return last;
    }

    private static Run<?, ?> numbered(Job<?, ?> job, String number) {
        Run<?, ?> build = job.getBuildByNumber(Integer.parseInt(number));
        if (build == null) {
            throw gone(job.getFullName() + " #" + number);
        }
        return build;
    }

    /** The refusal for a build that is not there, as in {@code acme/app #42}. */
    static ReleaseException gone(String build) {
        return new ReleaseException(
                build + " is not there: it was discarded, or never ran.",
                "Name a build that is kept, or keep builds longer ('Discard old builds').");
    }
}
