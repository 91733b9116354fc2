package io.jenkins.plugins.multiarch.plan;

import java.util.List;
import java.util.Optional;

/** Applies rules for tags without a trigger table around them. */
final class Tags {

    private Tags() {}

    /** With nothing that docker/metadata-action does not have. */
    static PlannedTags withoutFurtherRules(BuildFacts facts, List<String> rules, List<String> flavor) {
        return rules(rules, flavor)
                .apply(new TagContext(
                        new Expressions(facts, "", ""),
                        Optional.empty(),
                        "",
                        "",
                        Optional.empty(),
                        false,
                        true,
                        false));
    }

    static TagRules rules(List<String> rules, List<String> flavor) {
        return new TagRules(rules.stream().map(TagRule::parse).toList(), Flavor.parse(flavor));
    }
}
