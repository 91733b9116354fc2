package io.jenkins.plugins.multiarch.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Glob;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.version.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@link ReleaseRules} strictly: what is not known, or has another form, is refused by its name. */
final class RulesReader {
    private static final String PLACE = "the top";
    private static final Set<String> KNOWN = Set.of(
            "schemaVersion",
            "rules",
            "tags",
            "flavor",
            "paths",
            "dependencies",
            "versionFiles",
            "versionScheme",
            "officialSource",
            "channels",
            "stableChannels",
            "prereleaseChannel",
            "allowPrereleases",
            "onlyIfHighest",
            "labels",
            "annotations");
    private static final Set<String> KNOWN_OF_RULE = Set.of(
            "name",
            "when",
            "publish",
            "fresh",
            "cacheRead",
            "cacheWrite",
            "channel",
            "latest",
            "refresh",
            "skipUnchanged",
            "lanes");
    private static final Set<String> KNOWN_OF_WHEN =
            Set.of("branch", "defaultBranch", "tag", "pullRequest", "cause", "rebuild", "fork");

    private RulesReader() {}

    /** @param unsaid where the fields come from that are not written */
    static ReleaseRules read(ObjectNode written, ObjectNode unsaid) {
        Fields fields = Fields.of(unsaid.deepCopy().<ObjectNode>setAll(written), PLACE, KNOWN);
        if (fields.get("schemaVersion").asInt(1) != 1) {
            throw Fields.refused("their schemaVersion is "
                    + Shown.of(fields.get("schemaVersion").asText()) + ", and only 1 is known");
        }
        List<String> channels = channels(fields, "channels");
        List<TriggerRule> rules = new ArrayList<>();
        fields.items("rules").forEach(rule -> rules.add(rule(rule, channels)));
        if (rules.stream().map(TriggerRule::name).distinct().count() < rules.size()) {
            throw Fields.refused("two rules have the same name");
        }
        String scheme = fields.text("versionScheme");
        boolean isPythons = scheme.equals(VersionScheme.PEP440.toString()) && !written.has("tags");
        TagRules tags = new TagRules(
                fields.items("tags").stream()
                        .map(RulesReader::tagRule)
                        .map(rule -> isPythons ? rule.forPython() : rule)
                        .toList(),
                Flavor.parse(fields.texts("flavor")));
        List<String> stable = channels(fields, "stableChannels");
        stable.forEach(channel -> refuseUnknown(channel, channels, "stableChannels"));
        refuseUnknown(fields.text("prereleaseChannel"), channels, "prereleaseChannel");
        return new ReleaseRules(
                List.copyOf(rules),
                tags,
                PathFilter.of(fields.texts("paths")),
                PathFilter.of(fields.texts("dependencies")),
                fields.items("versionFiles").stream()
                        .map(RulesReader::versionFile)
                        .toList(),
                scheme.isEmpty() ? tags.scheme() : VersionScheme.parse(scheme),
                fields.text("officialSource"),
                channels,
                stable,
                fields.text("prereleaseChannel"),
                fields.isTrue("allowPrereleases", false),
                fields.isTrue("onlyIfHighest", true),
                Map.copyOf(fields.map("labels")),
                Map.copyOf(fields.map("annotations")));
    }

    private static List<String> channels(Fields fields, String name) {
        List<String> channels = fields.texts(name);
        for (String channel : channels) {
            if (!Tag.isValid(channel)) {
                throw Fields.refused("the channel '" + Shown.of(channel) + "' cannot be a tag");
            }
        }
        return List.copyOf(channels);
    }

    private static void refuseUnknown(String channel, List<String> channels, String place) {
        if (!channel.isEmpty() && !channels.contains(channel)) {
            throw Fields.refused(place + " names the channel '" + Shown.of(channel) + "', which is not among channels");
        }
    }

    private static TagRule tagRule(JsonNode rule) {
        return rule.isObject() ? TagRule.of(Fields.texts(rule, "a rule of tags")) : TagRule.parse(rule.asText());
    }

    private static VersionFile versionFile(JsonNode file) {
        if (!file.isObject()) {
            return VersionFile.parse(file.asText());
        }
        Fields fields = Fields.of(file, "a file of versionFiles", Set.of("file", "key", "pattern"));
        return new VersionFile(fields.text("file"), fields.text("key"), fields.text("pattern"));
    }

    private static TriggerRule rule(JsonNode json, List<String> channels) {
        Fields fields = Fields.of(json, "a rule", KNOWN_OF_RULE);
        String name = fields.text("name");
        if (name.isEmpty()) {
            throw Fields.refused("a rule has no name");
        }
        String place = "rule '" + Shown.of(name) + "'";
        String channel = fields.text("channel");
        refuseUnknown(channel, channels, place);
        String written = fields.text("cacheWrite");
        Optional<CacheWrite> cacheWrite = CacheWrite.find(written.isEmpty() ? "never" : written);
        if (cacheWrite.isEmpty()) {
            throw Fields.refused("'cacheWrite' of " + place + " is one of never, dependencies, always");
        }
        TriggerRule rule = new TriggerRule(
                name,
                when(fields, place),
                fields.isTrue("publish", false),
                fields.isTrue("fresh", false),
                fields.isTrue("cacheRead", true),
                cacheWrite.get(),
                channel,
                fields.isTrue("latest", false),
                fields.isTrue("refresh", false),
                fields.isTrue("skipUnchanged", false),
                fields.texts("lanes"));
        refuseWhatWritesForAnybody(rule, place);
        return rule;
    }

    /** Such a rule would have no effect, and whoever wrote it should know. */
    private static void refuseWhatWritesForAnybody(TriggerRule rule, String place) {
        boolean isOfPullRequests =
                rule.when().pullRequest() || rule.when().cause().contains(Cause.PULL_REQUEST);
        boolean isOfForks = rule.when().fork().orElse(false);
        if ((isOfPullRequests || isOfForks) && (rule.publish() || rule.cacheWrite() != CacheWrite.NEVER)) {
            throw Fields.refused(place + " lets " + (isOfPullRequests ? "pull requests" : "forks")
                    + " write to a registry, which they never do");
        }
    }

    private static When when(Fields rule, String place) {
        if (!rule.has("when")) {
            return When.ALWAYS;
        }
        Fields fields = Fields.of(rule.get("when"), "'when' of " + place, KNOWN_OF_WHEN);
        return new When(
                fields.texts("branch").stream().map(Glob::parse).toList(),
                fields.isTrue("defaultBranch", false),
                fields.texts("tag").stream().map(Glob::parse).toList(),
                fields.isTrue("pullRequest", false),
                fields.texts("cause").stream().map(Cause::parse).distinct().toList(),
                fields.yesOrNo("rebuild"),
                fields.yesOrNo("fork"));
    }
}
