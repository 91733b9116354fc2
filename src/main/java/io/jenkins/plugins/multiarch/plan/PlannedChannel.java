package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.version.ReleaseVersion;
import java.util.List;
import java.util.Optional;

/**
 * The channel that a build publishes to.
 *
 * @param name empty for none
 */
record PlannedChannel(String name, String reason) {

    /**
     * Of a build that publishes: what was asked for, or else what its rule says; pre-releases go elsewhere, and a channel for
     * releases stays with a higher one.
     *
     * @param known the versions that were released so far, absent where nobody looked
     */
    static PlannedChannel of(
            ReleaseRules rules,
            BuildFacts facts,
            TriggerRule rule,
            PlannedVersion version,
            Optional<List<ReleaseVersion>> known) {
        String asked = facts.listensToInputs() ? facts.inputs().channel() : "";
        boolean isAsked = !asked.isEmpty();
        if (isAsked && !rules.channels().contains(asked)) {
            throw new ReleaseException(
                    "There is no channel '" + Shown.of(asked) + "'.",
                    "Ask for one of " + String.join(", ", rules.channels()) + ", or add it to channels.");
        }
        String name = isAsked ? asked : rule.channel();
        if (name.isEmpty()) {
            return new PlannedChannel("", "rule " + rule.name() + " names none");
        }
        if (rules.isStable(name)) {
            if (version.value().isEmpty()) {
                throw new ReleaseException(
                        "Channel " + name + " takes releases, and this build has no version: "
                                + facts.ref().shown() + " is not a "
                                + rules.versionScheme().shown() + ", and nothing else says one.",
                        "Build a tag that is a version, give one by the input version, or name files in versionFiles.");
            }
            if (version.value().get().isPrerelease() && !rules.allowPrereleases()) {
                return forPrerelease(rules, name, version.text(), isAsked);
            }
            String staying =
                    rules.onlyIfHighest() ? staying(name, version.value().get(), known, isAsked) : "";
            if (!staying.isEmpty()) {
                return new PlannedChannel("", staying);
            }
        }
        return new PlannedChannel(name, isAsked ? "asked for" : "rule " + rule.name());
    }

    /** Why a channel for releases stays as it is; empty where it moves. What somebody asks for is refused instead. */
    private static String staying(
            String name, ReleaseVersion version, Optional<List<ReleaseVersion>> known, boolean isAsked) {
        if (known.isEmpty()) {
            return isAsked ? "" : name + " stays, for " + LatestRule.UNKNOWN;
        }
        Optional<ReleaseVersion> higher = LatestRule.higherRelease(known.get(), version);
        if (isAsked && higher.isPresent()) {
            throw new ReleaseException(
                    "Channel " + name + " stays with " + higher.get().text() + ", which is higher than "
                            + version.text() + ".",
                    "Ask for another channel, roll back, or set onlyIfHighest: false.");
        }
        return higher.map(other -> name + " stays with " + other.text() + ", which is higher")
                .orElse("");
    }

    private static PlannedChannel forPrerelease(ReleaseRules rules, String name, String version, boolean isAsked) {
        if (isAsked) {
            throw new ReleaseException(
                    "Channel " + name + " takes no pre-releases, and " + version + " is one.",
                    "Ask for another channel, or set allowPrereleases: true.");
        }
        return new PlannedChannel(
                rules.prereleaseChannel(), version + " is a pre-release, and " + name + " takes none");
    }
}
