package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One application of rules for tags to one build. */
final class TagPlanning {
    private final TagRules rules;
    private final TagContext context;
    private final Expressions expressions;
    private final LatestRule latestRule;
    private final String latest;

    /** By tag, in their order. */
    private final Map<String, TagDecision> set = new LinkedHashMap<>();

    private final List<TagDecision> leftOut = new ArrayList<>();
    /** The first rule that came to something decides on latest. */
    private Optional<TagValue> first = Optional.empty();

    TagPlanning(TagRules rules, TagContext context) {
        this.rules = rules;
        this.context = context;
        this.expressions = context.expressions();
        this.latestRule = new LatestRule(context);
        Flavor flavor = rules.flavor();
        this.latest = TagName.of((flavor.prefixOnLatest() ? expressions.fill(flavor.prefix()) : "")
                        + Tag.LATEST
                        + (flavor.suffixOnLatest() ? expressions.fill(flavor.suffix()) : ""))
                .name();
    }

    PlannedTags plan() {
        TagValues values = new TagValues(context);
        for (TagRule rule : rules.rules()) {
            if (isEnabled(rule)) {
                take(rule, values.of(rule));
            } else {
                leftOut.add(new TagDecision(rule.toString(), false, "not enabled"));
            }
        }
        addRefresh();
        addLatest();
        List<TagDecision> all = new ArrayList<>(set.values());
        all.addAll(leftOut);
        return new PlannedTags(all);
    }

    private boolean isEnabled(TagRule rule) {
        String enabled = expressions.fill(rule.get("enable"));
        if (!enabled.equals("true") && !enabled.equals("false")) {
            throw new ReleaseException(
                    "'" + Shown.of(enabled) + "' says neither that the rule '" + Shown.of(rule.toString())
                            + "' is enabled nor that it is not.",
                    "Write enable=true, enable=false, or an expression that comes to one of them.");
        }
        return enabled.equals("true");
    }

    private void take(TagRule rule, TagValue value) {
        if (value.text().isEmpty()) {
            leftOut.add(
                    new TagDecision(rule.toString(), false, value.isLeftOut() ? value.reason() : "comes to nothing"));
            return;
        }
        TagName name = TagName.of(whole(rule, value.text()));
        if (first.isEmpty()) {
            first = Optional.of(value);
        }
        TagDecision decision =
                new TagDecision(name.name(), true, rule + (name.note().isEmpty() ? "" : "; " + name.note()));
        if (value.isLeftOut()) {
            decision = new TagDecision(name.name(), false, value.reason());
        } else if (name.name().equals(latest)) {
            decision = latestRule.judge(latest, value.version().or(context::version), true);
        }
        if (decision.isSet()) {
            set.putIfAbsent(decision.tag(), decision);
        } else {
            leftOut.add(decision);
        }
    }

    private String whole(TagRule rule, String text) {
        Flavor flavor = rules.flavor();
        return expressions.fill(rule.hasPrefix() ? rule.get("prefix") : flavor.prefix())
                + text
                + expressions.fill(rule.hasSuffix() ? rule.get("suffix") : flavor.suffix());
    }

    /**
     * A release that is made again gets a tag that stays, so that the earlier one can still be told from it: with the second
     * in which its build began, for it may be made again on the same day.
     */
    private void addRefresh() {
        if (!context.refresh()
                || context.version().isEmpty()
                || !context.noVersions().isEmpty()) {
            return;
        }
        String version = context.version().get().text();
        String text = version + "-" + DateFormat.write(context.facts().date(), "YYYYMMDD-HHmmss", "");
        Flavor flavor = rules.flavor();
        String name = TagName.of(expressions.fill(flavor.prefix()) + text + expressions.fill(flavor.suffix()))
                .name();
        set.putIfAbsent(name, new TagDecision(name, true, version + " made again on newer base images"));
    }

    private void addLatest() {
        boolean isAsked = rules.flavor().latest().equals("true");
        boolean wanted = isAsked
                || rules.flavor().latest().equals("auto")
                        && first.map(TagValue::movesLatest).orElse(false);
        if (first.isEmpty() || !wanted || set.containsKey(latest)) {
            return;
        }
        TagDecision decision = latestRule.judge(latest, first.get().version().or(context::version), isAsked);
        if (decision.isSet()) {
            set.put(latest, decision);
        } else {
            leftOut.add(decision);
        }
    }
}
