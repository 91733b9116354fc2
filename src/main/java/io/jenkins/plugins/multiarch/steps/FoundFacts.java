package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.plan.BuildFacts;
import io.jenkins.plugins.multiarch.plan.FoundVersion;
import io.jenkins.plugins.multiarch.plan.ReleaseRules;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node answers to the questions of a plan.
 *
 * @param rules the text of the rules; empty for the standard ones
 * @param versions what the files of the rules say, in their order
 * @param tags those of the clone and of the registry
 * @param date of the commit in seconds since 1970, or {@link #NO_DATE}
 */
record FoundFacts(String rules, ArrayList<String> versions, ArrayList<String> tags, long date) implements Serializable {
    private static final long serialVersionUID = 1L;

    static final long NO_DATE = Long.MIN_VALUE;

    /** No honest repository has more. */
    private static final int MAX_TAGS = 200_000;

    /** Characters. */
    private static final int MAX_VERSION = 1000;

    ReleaseRules readRules() {
        return rules.isEmpty() ? ReleaseRules.standard() : ReleaseRules.parse(rules.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds what can be used of the answer, which may be that of another agent than ours.
     *
     * @param released further tags
     * @param isAsked whether somebody looked which versions there are, even if there is none
     */
    void addTo(BuildFacts.Builder facts, ReleaseRules read, List<String> released, boolean isAsked) {
        if (versions.size() != read.versionFiles().size()
                || versions.stream().anyMatch(version -> version.length() > MAX_VERSION)
                || tags.size() > MAX_TAGS
                || tags.stream().anyMatch(tag -> tag.length() > CloneHistory.MAX_TAG)) {
            throw new ReleaseException(
                    "The agent answered with other versions than it was asked for, or with more tags than are taken.",
                    "Take tags away that are no longer needed, or find out what runs on this agent.");
        }
        List<FoundVersion> found = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            found.add(new FoundVersion(read.versionFiles().get(i).place(), versions.get(i)));
        }
        facts.versions(found);
        List<String> known = new ArrayList<>(tags);
        known.addAll(released);
        if (isAsked || !known.isEmpty()) {
            facts.knownTags(known);
        }
        if (date != NO_DATE) {
            facts.commitDate(Instant.ofEpochSecond(date));
        }
    }
}
