package io.jenkins.plugins.multiarch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseRulesTest {

    @Test
    void takesAPipelinesMapsForTheSameAsJson() {
        ReleaseRules fromJson = parse(
                "{\"schemaVersion\": 1, \"rules\": [{\"name\": \"all\", \"when\": {\"cause\":"
                        + " \"push\"}, \"publish\": true}], \"tags\": [{\"type\": \"sha\", \"length\": 9}], \"onlyIfHighest\": false}");
        ReleaseRules fromMaps = Builds.rules(Map.of(
                "rules",
                List.of(Map.of("name", new StringBuilder("all"), "when", Map.of("cause", "push"), "publish", true)),
                "tags",
                List.of(Map.of("type", "sha", "length", 9)),
                "onlyIfHighest",
                false));

        assertThat(fromMaps.rules()).isEqualTo(fromJson.rules());
        assertThat(fromMaps.tags()).isEqualTo(fromJson.tags());
        assertThat(fromMaps.onlyIfHighest()).isFalse();
    }

    @Test
    void leavesTheRestAsItIsWhereNothingIsSaid() {
        ReleaseRules rules = parse("{\"paths\": [\"src/**\"]}");

        assertThat(rules.rules()).extracting(TriggerRule::name).contains("release", "nightly");
        assertThat(rules.channels()).containsExactly("dev", "nightly", "prod");
        assertThat(rules.paths().patterns()).containsExactly("src/**");
    }

    @Test
    void readsFilesOfVersionsAsTextsAndAsMaps() {
        ReleaseRules rules =
                parse("{\"versionFiles\": [\"VERSION\", {\"file\": \"a=b.txt\", \"pattern\": \"v(.*)\"}]}");

        assertThat(rules.versionFiles())
                .containsExactly(new VersionFile("VERSION", "", ""), new VersionFile("a=b.txt", "", "v(.*)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'rulez': []}|the top has 'rulez', and known are allowPrereleases, annotations, channels, dependencies,"
                        + " flavor, labels, officialSource, onlyIfHighest, paths, prereleaseChannel, rules, schemaVersion,"
                        + " stableChannels, tags, versionFiles, versionScheme",
                "{'schemaVersion': 2}|their schemaVersion is 2, and only 1 is known",
                "{'rules': ['all']}|a rule is no map of names and values",
                "{'rules': [{'publish': true}]}|a rule has no name",
                "{'rules': [{'name': 'a'}, {'name': 'a'}]}|two rules have the same name",
                "{'rules': [{'name': 'a', 'publish': 'yes'}]}|'publish' of a rule is neither true nor false",
                "{'rules': [{'name': 'a', 'channel': 'prd'}]}|rule 'a' names the channel 'prd', which is not among channels",
                "{'rules': [{'name': 'a', 'cacheWrite': 'often'}]}|'cacheWrite' of rule 'a' is one of never, dependencies,"
                        + " always",
                "{'rules': [{'name': 'a', 'when': {'branch': 7}}]}|'branch' of 'when' of rule 'a' is no list of texts",
                "{'rules': [{'name': 'a', 'when': {'pullRequest': true}, 'publish': true}]}|rule 'a' lets pull requests"
                        + " write to a registry, which they never do",
                "{'rules': [{'name': 'a', 'when': {'cause': 'pull-request'}, 'cacheWrite': 'always'}]}|rule 'a' lets pull"
                        + " requests write to a registry, which they never do",
                "{'rules': [{'name': 'a', 'when': {'fork': true}, 'publish': true}]}|rule 'a' lets forks write to a"
                        + " registry, which they never do",
                "{'channels': ['-x']}|the channel '-x' cannot be a tag",
                "{'stableChannels': ['live']}|stableChannels names the channel 'live', which is not among channels",
                "{'prereleaseChannel': 'next'}|prereleaseChannel names the channel 'next', which is not among channels",
                "{'officialSource': 7}|'officialSource' of the top is no text",
                "{'labels': ['a']}|'labels' of the top is no map of names and values",
                "{'labels': {'a': []}}|'labels' of the top holds more than names and texts"
            })
    void saysWhatItCannotUse(String json, String reason) {
        assertThat(Refusal.of(() -> parse(json.replace('\'', '"'))))
                .isEqualTo("The rules for releases cannot be used: " + reason
                        + ". See docs/release-plan.md for what they hold.");
    }

    @Test
    void refusesValuesThatAPipelineCannotMean() {
        assertThat(Refusal.of(() -> ReleaseRules.json(Map.of("paths", new Date(0).getClass()))))
                .isEqualTo("The rules for releases hold a value that is no text, list or map: class java.util.Date."
                        + " Write texts, numbers, true, false, lists and maps only.");
    }

    @Test
    void refusesOtherSchemesAndHugeFiles() {
        assertThat(Refusal.of(() -> parse("{\"versionScheme\": \"calver\"}")))
                .isEqualTo("'calver' is not a scheme of versions. Write semver or pep440.");
        assertThat(Refusal.of(() -> ReleaseRules.parse(new byte[(1 << 20) + 1])))
                .isEqualTo("The rules for releases have more than 1048576 bytes."
                        + " Check that it is the file you meant.");
    }

    private static ReleaseRules parse(String json) {
        return ReleaseRules.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
