package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.Optional;

/**
 * Makes plans by the rules of a project. The same facts give the same plan; nothing is read or written.
 *
 * <p>Whatever the rules say, a build of a pull request or of a fork writes nothing to any registry, its cache included.
 */
public final class Planning {
    private final ReleaseRules rules;

    public Planning(ReleaseRules rules) {
        this.rules = rules;
    }

    /** Decides on one build. */
    public ReleasePlan plan(BuildFacts facts) {
        if (facts.cause() == Cause.TAG && !facts.ref().isTag()) {
            throw new ReleaseException(
                    "The cause of the build is a new tag, and what it builds is "
                            + facts.ref().shown() + ".",
                    "Give the tag as refs/tags/TAG, or the cause that it really had.");
        }
        return new BuildPlanning(rules, facts, chosen(facts)).plan();
    }

    /** What holds for this build before anything else is decided. */
    private Chosen chosen(BuildFacts facts) {
        String foreign = foreign(facts);
        boolean isRebuild = facts.listensToInputs() && facts.inputs().rebuild();
        for (TriggerRule rule : rules.rules()) {
            Optional<String> reason = rule.when().matches(facts, !foreign.isEmpty(), isRebuild);
            if (reason.isPresent()) {
                return new Chosen(Optional.of(rule), reason.get(), foreign, isRebuild);
            }
        }
        return new Chosen(Optional.empty(), "no rule is for such a build", foreign, isRebuild);
    }

    /** Why the sources are not the official ones; empty where they are, or where nothing is official. */
    private String foreign(BuildFacts facts) {
        String official = rules.officialSource();
        if (official.isEmpty() || SourceAddress.isSame(official, facts.source())) {
            return "";
        }
        String known =
                facts.source().isEmpty() ? "nobody knows where the sources are from" : "the sources are of a fork";
        return known + ", and only " + SourceAddress.shown(official) + " publishes";
    }

    /**
     * The row of the trigger table with what it was chosen by.
     *
     * @param foreign why the sources are not the official ones, or empty
     * @param isRebuild whether somebody asked for newer base images and no cache
     */
    record Chosen(Optional<TriggerRule> rule, String reason, String foreign, boolean isRebuild) {
        TriggerRule ruleOrNone() {
            return rule.orElse(TriggerRule.NONE);
        }
    }
}
