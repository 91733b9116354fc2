package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.version.ReleaseVersion;
import java.util.List;
import java.util.Optional;

/**
 * What rules for tags need to know beside the rules.
 *
 * @param version the version that is released, by the tag, by an input or by files
 * @param noVersions why this build gets no version as a tag; empty where it may
 * @param noLatest why this build does not move latest; empty where it may
 * @param known the versions that were released so far, absent where nobody looked
 * @param onlyIfHighest whether tags that stand for several versions move only to the highest of them
 * @param allowPrereleases whether latest may move to a pre-release
 * @param refresh whether this makes a release again, on newer base images
 */
record TagContext(
        Expressions expressions,
        Optional<ReleaseVersion> version,
        String noVersions,
        String noLatest,
        Optional<List<ReleaseVersion>> known,
        boolean onlyIfHighest,
        boolean allowPrereleases,
        boolean refresh) {

    BuildFacts facts() {
        return expressions.facts();
    }
}
