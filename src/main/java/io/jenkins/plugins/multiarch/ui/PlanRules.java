package io.jenkins.plugins.multiarch.ui;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.io.IOException;

/** The rules that a build was planned by, so that people can ask them what other builds would do. Saved with the build. */
public final class PlanRules extends InvisibleAction {
    private final String rules;
    private final String defaultBranch;
    private final String source;

    private PlanRules(String rules, String defaultBranch, String source) {
        this.rules = rules;
        this.defaultBranch = defaultBranch;
        this.source = source;
    }

    /**
     * Keeps them with a build, in place of those of an earlier plan of it.
     *
     * @param rules in JSON; empty for the standard ones
     * @param source the address of the repository, or empty
     */
    public static void record(Run<?, ?> run, String rules, String defaultBranch, String source) throws IOException {
        synchronized (run) {
            run.addOrReplaceAction(new PlanRules(rules, defaultBranch, source));
        }
        run.save();
    }

    String rules() {
        return rules;
    }

    String defaultBranch() {
        return defaultBranch;
    }

    String source() {
        return source;
    }
}
