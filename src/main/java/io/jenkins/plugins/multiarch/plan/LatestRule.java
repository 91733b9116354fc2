package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.version.ReleaseVersion;
import java.util.List;
import java.util.Optional;

/** Whether {@code latest} moves: to the highest release that there is, and to nothing else unless somebody says so. */
final class LatestRule {
    /** Why a tag stays that several releases share. */
    static final String UNKNOWN = "nobody looked which versions there are";

    private final TagContext context;

    LatestRule(TagContext context) {
        this.context = context;
    }

    /**
     * Judges one build.
     *
     * @param name the tag, which is latest with the flavor's beginning and end
     * @param isAsked whether a person wrote that latest moves, rather than the type of a rule
     */
    TagDecision judge(String name, Optional<ReleaseVersion> version, boolean isAsked) {
        if (!context.noLatest().isEmpty()) {
            return new TagDecision(name, false, context.noLatest());
        }
        if (version.isEmpty()) {
            boolean moves = isAsked || !context.onlyIfHighest();
            return new TagDecision(name, moves, moves ? "asked for" : "there is no version that could be the highest");
        }
        if (version.get().isPrerelease() && !context.allowPrereleases()) {
            return new TagDecision(name, false, version.get().text() + " is a pre-release");
        }
        return context.onlyIfHighest() ? againstOthers(name, version.get()) : new TagDecision(name, true, "asked for");
    }

    private TagDecision againstOthers(String name, ReleaseVersion version) {
        if (context.known().isEmpty()) {
            return new TagDecision(name, false, UNKNOWN);
        }
        return higherRelease(context.known().get(), version)
                .map(higher -> new TagDecision(name, false, higher.text() + " is higher than " + version.text()))
                .orElseGet(() -> new TagDecision(name, true, version.text() + " is the highest release"));
    }

    /** A release, among those that are known, that comes after this version. */
    static Optional<ReleaseVersion> higherRelease(List<ReleaseVersion> known, ReleaseVersion version) {
        return known.stream()
                .filter(other -> !other.isPrerelease() && other.isHigherThan(version))
                .findFirst();
    }
}
