package io.jenkins.plugins.multiarch.plan;

import java.util.List;

/**
 * One row of the trigger table: what builds of a kind do.
 *
 * @param publish whether images are pushed, and get their tags
 * @param fresh whether newer base images are looked for, and no cache is used
 * @param channel the channel that is published to; empty for none
 * @param latest whether the tag latest may move
 * @param refresh whether this makes a release again, which gets a tag with the date
 * @param skipUnchanged whether nothing is built where no file changed that matters
 * @param lanes names for the Pipeline's own use, for example of tests that only some builds run
 */
public record TriggerRule(
        String name,
        When when,
        boolean publish,
        boolean fresh,
        boolean cacheRead,
        CacheWrite cacheWrite,
        String channel,
        boolean latest,
        boolean refresh,
        boolean skipUnchanged,
        List<String> lanes) {

    /** What a build does that no rule is for: it builds, and writes nothing. */
    static final TriggerRule NONE =
            new TriggerRule("", When.ALWAYS, false, false, true, CacheWrite.NEVER, "", false, false, false, List.of());

    public TriggerRule {
        lanes = List.copyOf(lanes);
    }
}
