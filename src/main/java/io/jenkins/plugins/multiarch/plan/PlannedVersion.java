package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.version.ReleaseVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The version that the tag, an input and files agree on.
 *
 * @param text as it is written, without a leading v; empty where nothing says one
 * @param value the same, where it is of the project's scheme
 * @param places where it is said
 * @param isReleased whether this build is of that version, rather than of something on the way to it
 */
record PlannedVersion(String text, Optional<ReleaseVersion> value, List<String> places, boolean isReleased) {
    private static final String INPUT = "the input";
    private static final int SHORT = 7;

    static PlannedVersion of(ReleaseRules rules, BuildFacts facts) {
        List<FoundVersion> all = new ArrayList<>();
        if (facts.ref().isTag()) {
            rules.tags()
                    .versionOf(facts.ref().name(), rules.versionScheme())
                    .ifPresent(version -> all.add(new FoundVersion(
                            "tag " + Shown.of(facts.ref().name()),
                            version.part("raw").orElse(""))));
        }
        if (facts.listensToInputs() && !facts.inputs().version().isEmpty()) {
            all.add(new FoundVersion(INPUT, facts.inputs().version()));
        }
        boolean isReleased = !all.isEmpty();
        all.addAll(facts.versions());
        Optional<String> agreed = VersionAgreement.of(all, rules.versionScheme());
        Optional<ReleaseVersion> value = agreed.flatMap(rules.versionScheme()::read);
        return new PlannedVersion(
                value.map(ReleaseVersion::text).or(() -> agreed).orElse(""),
                value,
                all.stream().map(FoundVersion::place).toList(),
                isReleased);
    }

    /** The same, where the channel is one for releases. */
    PlannedVersion released() {
        return new PlannedVersion(text, value, places, true);
    }

    /**
     * As a decision. A build on the way to a version, or past it, has the commit behind a plus, which both schemes know as
     * part of no order; without a version the main tag stands for one.
     */
    Decision decision(BuildFacts facts, String mainTag) {
        if (text.isEmpty()) {
            return mainTag.isEmpty()
                    ? new Decision("version", "", "neither tag nor files say one")
                    : new Decision("version", mainTag, "the main tag, for neither tag nor files say one");
        }
        String places = this.places.stream().collect(Collectors.joining(" and "));
        if (isReleased || facts.commit().isEmpty()) {
            return new Decision("version", text, "said by " + places);
        }
        return new Decision(
                "version",
                text + (text.contains("+") ? "." : "+") + Expressions.shortened(facts.commit(), SHORT),
                "said by " + places + "; with the commit, for this is not its release");
    }
}
