package io.jenkins.plugins.multiarch.plan;

import java.util.List;

/**
 * The tags that images get.
 *
 * @param decisions those they get, the main one first and latest last, then those they do not get
 */
record PlannedTags(List<TagDecision> decisions) {

    PlannedTags {
        decisions = List.copyOf(decisions);
    }

    List<String> names() {
        return decisions.stream()
                .filter(TagDecision::isSet)
                .map(TagDecision::tag)
                .toList();
    }

    /** The tag of the highest priority, or empty. */
    String main() {
        return names().stream().findFirst().orElse("");
    }
}
