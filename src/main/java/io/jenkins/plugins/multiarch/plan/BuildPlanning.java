package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.version.ReleaseVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One making of a plan. */
final class BuildPlanning {
    private final ReleaseRules rules;
    private final BuildFacts facts;
    private final Planning.Chosen chosen;
    private final TriggerRule rule;
    private final List<Decision> decisions = new ArrayList<>();

    BuildPlanning(ReleaseRules rules, BuildFacts facts, Planning.Chosen chosen) {
        this.rules = rules;
        this.facts = facts;
        this.chosen = chosen;
        this.rule = chosen.ruleOrNone();
    }

    ReleasePlan plan() {
        decisions.add(new Decision("rule", rule.name().isEmpty() ? "none" : rule.name(), chosen.reason()));
        boolean skip = decide(skip());
        String noWriting = noWriting(skip);
        boolean publish = decide(publish(noWriting));
        boolean fresh = decide(fresh());
        boolean cacheRead = decide(cacheRead(fresh));
        boolean cacheWrite = decide(cacheWrite(noWriting));
        PlannedVersion said = PlannedVersion.of(rules, facts);
        Optional<List<ReleaseVersion>> known =
                facts.knownTags().map(tags -> rules.tags().versionsOf(tags, rules.versionScheme()));
        PlannedChannel channel = publish
                ? PlannedChannel.of(rules, facts, rule, said, known)
                : new PlannedChannel("", "nothing is published");
        PlannedVersion version = rules.isStable(channel.name()) ? said.released() : said;
        Expressions expressions = new Expressions(facts, version.text(), channel.name());
        PlannedTags tags = rules.tags().apply(context(expressions, version, channel.name(), known));
        Decision versionDecision = version.decision(facts, tags.main());
        decisions.add(new Decision("channel", channel.name(), channel.reason()));
        decisions.add(versionDecision);
        if (publish) {
            tags.decisions()
                    .forEach(tag ->
                            decisions.add(new Decision(tag.isSet() ? "tag" : "no tag", tag.tag(), tag.reason())));
        } else {
            decisions.add(new Decision("tag", "", "nothing is published"));
        }
        ImageNotes notes = notes(expressions, versionDecision.value(), fresh);
        String key = facts.job().isEmpty() ? facts.ref().toString() : facts.job() + ":" + facts.ref();
        decisions.add(new Decision(
                "concurrencyKey",
                key,
                "a newer build of the same key supersedes an older one, between transactions only"));
        return new ReleasePlan(
                facts,
                rule.name(),
                skip,
                publish,
                fresh,
                cacheRead,
                cacheWrite,
                publish && rule.refresh(),
                channel.name(),
                versionDecision.value(),
                publish ? tags.names() : List.of(),
                notes.labels(rules.labels()),
                notes.annotations(rules.annotations()),
                rule.lanes(),
                key,
                decisions);
    }

    /** A decision that is yes or no, before its reason is kept. */
    private record YesOrNo(String name, boolean value, String reason) {}

    private boolean decide(YesOrNo decision) {
        decisions.add(new Decision(decision.name(), decision.value() ? "yes" : "no", decision.reason()));
        return decision.value();
    }

    private String byRule() {
        return rule.name().isEmpty() ? "no rule says otherwise" : "rule " + rule.name();
    }

    private YesOrNo skip() {
        if (!rule.skipUnchanged()) {
            return new YesOrNo("skip", false, byRule());
        }
        if (rules.paths().isEmpty()) {
            return new YesOrNo("skip", false, "every file matters, for paths names none");
        }
        if (facts.changedFiles().isEmpty()) {
            return new YesOrNo("skip", false, "nobody knows which files changed");
        }
        return rules.paths()
                .firstOf(facts.changedFiles().get())
                .map(file -> new YesOrNo("skip", false, file + " changed"))
                .orElseGet(() -> new YesOrNo(
                        "skip",
                        true,
                        "no file changed that matches "
                                + String.join(", ", rules.paths().patterns())));
    }

    /** Why this build writes to no registry whatever its rule says; empty where it may. */
    private String noWriting(boolean skip) {
        if (facts.isPullRequest()) {
            return "a pull request writes nothing";
        }
        if (!chosen.foreign().isEmpty()) {
            return chosen.foreign();
        }
        return skip ? "the build is skipped" : "";
    }

    private YesOrNo publish(String noWriting) {
        return noWriting.isEmpty()
                ? new YesOrNo("publish", rule.publish(), byRule())
                : new YesOrNo("publish", false, noWriting);
    }

    private YesOrNo fresh() {
        if (facts.phase() == Phase.PUSH) {
            return new YesOrNo("fresh", false, "the phase push repeats what was tested");
        }
        return chosen.isRebuild()
                ? new YesOrNo("fresh", true, "a rebuild was asked for")
                : new YesOrNo("fresh", rule.fresh(), byRule());
    }

    private Optional<Boolean> askedCache() {
        return facts.listensToInputs() ? facts.inputs().cache() : Optional.empty();
    }

    private YesOrNo cacheRead(boolean fresh) {
        if (fresh) {
            return new YesOrNo("cacheRead", false, "the build is fresh");
        }
        return askedCache()
                .map(asked -> new YesOrNo("cacheRead", asked, "asked for"))
                .orElseGet(() -> new YesOrNo("cacheRead", rule.cacheRead(), byRule()));
    }

    private YesOrNo cacheWrite(String noWriting) {
        if (!noWriting.isEmpty()) {
            return new YesOrNo("cacheWrite", false, noWriting);
        }
        if (facts.phase() == Phase.PUSH) {
            return new YesOrNo("cacheWrite", false, "the phase push only reads");
        }
        if (askedCache().isPresent()) {
            return new YesOrNo("cacheWrite", askedCache().get(), "asked for");
        }
        return switch (rule.cacheWrite()) {
            case NEVER -> new YesOrNo("cacheWrite", false, byRule());
            case ALWAYS -> new YesOrNo("cacheWrite", true, byRule());
            case DEPENDENCIES -> ifDependenciesChanged();
        };
    }

    private YesOrNo ifDependenciesChanged() {
        if (chosen.isRebuild()) {
            return new YesOrNo("cacheWrite", true, "a rebuild was asked for");
        }
        if (facts.changedFiles().isEmpty()) {
            return new YesOrNo("cacheWrite", true, "nobody knows which files changed, so dependencies may have");
        }
        return rules.dependencies()
                .firstOf(facts.changedFiles().get())
                .map(file -> new YesOrNo("cacheWrite", true, "the dependencies in " + file + " changed"))
                .orElseGet(() -> new YesOrNo("cacheWrite", false, "no dependencies changed"));
    }

    private TagContext context(
            Expressions expressions, PlannedVersion version, String channel, Optional<List<ReleaseVersion>> known) {
        boolean takesVersions =
                channel.isEmpty() || rules.isStable(channel) || channel.equals(rules.prereleaseChannel());
        return new TagContext(
                expressions,
                version.isReleased() ? version.value() : Optional.empty(),
                takesVersions ? "" : "channel " + channel + " takes no versions",
                rule.latest() ? "" : byRule() + " leaves latest where it is",
                known,
                rules.onlyIfHighest(),
                rules.allowPrereleases(),
                rule.refresh());
    }

    /** Content that is the same whenever it is built has the date of its commit; a fresh build takes what is new that day. */
    private ImageNotes notes(Expressions expressions, String version, boolean fresh) {
        Optional<Instant> ofCommit = fresh ? Optional.empty() : facts.commitDate();
        decisions.add(new Decision(
                "created",
                ofCommit.orElse(facts.date()).toString(),
                ofCommit.isPresent()
                        ? "the commit's date, so that building it again gives the same"
                        : fresh
                                ? "the build's date, for it is fresh"
                                : "the build's date, for the commit's is not known"));
        return new ImageNotes(expressions, version, ofCommit.orElse(facts.date()));
    }
}
