package io.jenkins.plugins.multiarch.plan;

/**
 * A tag that images get, or one that they do not get although a rule names it.
 *
 * @param tag the tag, or the rule where it did not come to a tag
 * @param isSet whether images get it
 * @param reason why, or why not
 */
record TagDecision(String tag, boolean isSet, String reason) {}
