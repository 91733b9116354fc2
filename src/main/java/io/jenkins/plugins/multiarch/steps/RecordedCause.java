package io.jenkins.plugins.multiarch.steps;

import hudson.model.Run;
import io.jenkins.plugins.multiarch.plan.Cause;
import io.jenkins.plugins.multiarch.plan.Ref;
import java.util.function.Predicate;

/** Why a build began, as Jenkins recorded it before its script ran. */
final class RecordedCause {

    private RecordedCause() {}

    /** Of several causes the most telling one: a person before another job, this before a timer, that before new commits. */
    static Cause of(Run<?, ?> run, Ref ref, boolean isPullRequest) {
        if (isPullRequest || ref.isPullRequest()) {
            return Cause.PULL_REQUEST;
        }
        if (has(run, RecordedCause::isPerson)) {
            return Cause.MANUAL;
        }
        if (has(run, cause -> cause instanceof hudson.model.Cause.UpstreamCause)) {
            return Cause.UPSTREAM;
        }
        if (has(run, cause -> is(cause, "TimerTriggerCause"))) {
            return Cause.TIMER;
        }
        return ref.isTag() ? Cause.TAG : Cause.PUSH;
    }

    private static boolean has(Run<?, ?> run, Predicate<hudson.model.Cause> kind) {
        return run.getCauses().stream().anyMatch(kind);
    }

    /** In the browser, or by the address with which scripts begin builds. */
    private static boolean isPerson(hudson.model.Cause cause) {
        return cause instanceof hudson.model.Cause.UserIdCause || is(cause, "RemoteCause");
    }

    /** By name, as plugins bring causes of their own kind for timers with parameters. */
    private static boolean is(hudson.model.Cause cause, String name) {
        return cause.getClass().getSimpleName().endsWith(name);
    }
}
