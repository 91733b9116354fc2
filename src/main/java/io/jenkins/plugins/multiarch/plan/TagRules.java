package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.version.ReleaseVersion;
import io.jenkins.plugins.multiarch.version.VersionScheme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rules that make tags.
 *
 * @param rules in the order in which they count: by priority, and those of the same as they were written
 */
public record TagRules(List<TagRule> rules, Flavor flavor) {

    public TagRules {
        rules = rules.stream()
                .sorted(Comparator.comparingInt(TagRule::priority).reversed())
                .toList();
    }

    /** The scheme that the first rule for versions has; semantic versioning where there is none. */
    VersionScheme scheme() {
        return ofVersions().stream()
                .findFirst()
                .filter(rule -> rule.type() == TagType.PEP440)
                .map(rule -> VersionScheme.PEP440)
                .orElse(VersionScheme.SEMVER);
    }

    private List<TagRule> ofVersions() {
        return rules.stream()
                .filter(rule -> rule.type() == TagType.SEMVER || rule.type() == TagType.PEP440)
                .toList();
    }

    /** The version that a tag stands for, by the rules for versions or as it is. */
    Optional<ReleaseVersion> versionOf(String tag, VersionScheme scheme) {
        return ofVersions().stream()
                .flatMap(rule -> TagValues.read(rule, tag).stream())
                .findFirst()
                .or(() -> scheme.read(tag));
    }

    /** What all rules come to, the main tag first and latest last. */
    PlannedTags apply(TagContext context) {
        return new TagPlanning(this, context).plan();
    }

    /** All versions among tags, those of git and those that these rules made of them. */
    List<ReleaseVersion> versionsOf(List<String> tags, VersionScheme scheme) {
        List<ReleaseVersion> versions = new ArrayList<>();
        for (String tag : tags) {
            madeOf(tag).or(() -> versionOf(tag, scheme)).ifPresent(versions::add);
        }
        return versions;
    }

    /** The version in a tag that has the beginning and end of a rule, so that {@code 1.4.2-alpine} is no pre-release. */
    private Optional<ReleaseVersion> madeOf(String tag) {
        for (TagRule rule : ofVersions()) {
            String prefix = rule.hasPrefix() ? rule.get("prefix") : flavor.prefix();
            String suffix = rule.hasSuffix() ? rule.get("suffix") : flavor.suffix();
            int length = tag.length() - prefix.length() - suffix.length();
            if (!(prefix + suffix).isEmpty() && length > 0 && tag.startsWith(prefix) && tag.endsWith(suffix)) {
                VersionScheme scheme = rule.type() == TagType.PEP440 ? VersionScheme.PEP440 : VersionScheme.SEMVER;
                return scheme.read(tag.substring(prefix.length(), prefix.length() + length));
            }
        }
        return Optional.empty();
    }
}
