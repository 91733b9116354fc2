package io.jenkins.plugins.multiarch.retention;

import static io.jenkins.plugins.multiarch.retention.PrunedImages.NOW;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

    @Test
    void keepsTheLastPatchesOfTheLastMinors() {
        assertThat(kept(
                        "{'tags': 'v*', 'minors': 2, 'patches': 2}",
                        "v1.0.0",
                        "v1.1.0",
                        "v1.1.1",
                        "v1.1.2",
                        "v1.2.0",
                        "v1.1.3-rc1",
                        "v1.3.0-rc1",
                        "vnext"))
                .containsExactly("v1.1.1", "v1.1.2", "v1.2.0", "v1.3.0-rc1", "vnext");
    }

    @Test
    void judgesVariantsOfVersionsAmongThemselves() {
        assertThat(kept(
                        "{'tags': '*', 'minors': 1, 'patches': 1}",
                        "2.0.0",
                        "2.0.0-alpine",
                        "2.0.0-cuda",
                        "1.9.0",
                        "1.9.0-alpine",
                        "1.9.1-cuda12.1",
                        "2.0.0-rc.1",
                        "2.1.0-rc.1",
                        "2.0.0-rc1-alpine",
                        "2.1.0-rc1-alpine",
                        "2.1.0-Beta2",
                        "1.9.0-3",
                        "1.9.0-SNAPSHOT"))
                .containsExactly(
                        "1.9.1-cuda12.1",
                        "2.0.0",
                        "2.0.0-alpine",
                        "2.0.0-cuda",
                        "2.1.0-Beta2",
                        "2.1.0-rc.1",
                        "2.1.0-rc1-alpine");
        assertThat(kept(
                        "{'tags': '*', 'keep': 1, 'order': 'version'}",
                        "2.0.0",
                        "2.0.0-alpine",
                        "2.0.0-rc1",
                        "1.9.0-alpine",
                        "1.9.0-cuda"))
                .containsExactly("1.9.0-cuda", "2.0.0", "2.0.0-alpine");
    }

    @Test
    void saysOfWhichVariantItSpeaks() {
        assertThat(verdicts("{'tags': '*', 'minors': 1, 'patches': 1}", "2.0.0-alpine", "1.9.0-alpine", "1.9.0-rc1"))
                .containsEntry(
                        new Tag("1.9.0-alpine"),
                        new TagVerdict(
                                false,
                                "*: not one of them, the last 1 patches of the last 1 minors of -alpine are kept"));
        assertThat(verdicts("{'tags': '*', 'keep': 1, 'order': 'version'}", "2.0.0-alpine", "1.9.0-alpine"))
                .containsEntry(
                        new Tag("1.9.0-alpine"),
                        new TagVerdict(false, "*: number 2 by version of -alpine, the newest 1 are kept"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"age", "name", "version"})
    void keepsAllTagsOfAnImageThatItKeeps(String order) {
        RetentionRules rules = read("{'rules': [{'tags': '*', 'keep': 1, 'order': '" + order + "'}]}");
        Digest image = Digest.sha256(new byte[] {1});
        List<TaggedManifest> tags = List.of(
                new TaggedManifest(new Tag("1.0.9"), image, Optional.of(NOW)),
                new TaggedManifest(new Tag("1.0.8"), Digest.sha256(new byte[] {2}), Optional.of(NOW)),
                new TaggedManifest(new Tag("1.0.7"), image, Optional.of(NOW)));

        assertThat(rules.judge(REPOSITORY, tags, NOW).entrySet().stream()
                        .filter(entry -> entry.getValue().kept())
                        .map(entry -> entry.getKey().name()))
                .containsExactlyInAnyOrder("1.0.9", "1.0.7");
    }

    @Test
    void ordersByVersion() {
        assertThat(kept("{'tags': '*', 'keep': 2, 'order': 'version'}", "1.10.0", "1.9.0", "1.2.0", "odd"))
                .containsExactly("1.10.0", "1.9.0", "odd");
    }

    @Test
    void ordersByNameWithNumbersByTheirValue() {
        assertThat(kept("{'tags': 'build-*', 'keep': 2, 'order': 'name'}", "build-9", "build-10", "build-11"))
                .containsExactly("build-10", "build-11");
    }

    @Test
    void countsImagesAndNotTags() {
        RetentionRules rules = read("{'rules': [{'tags': '*', 'keep': 1}]}");
        Digest image = Digest.sha256(new byte[] {1});
        List<TaggedManifest> tags = List.of(
                new TaggedManifest(new Tag("a"), image, Optional.of(NOW.minusSeconds(9))),
                new TaggedManifest(new Tag("b"), image, Optional.of(NOW.minusSeconds(9))),
                new TaggedManifest(new Tag("c"), Digest.sha256(new byte[] {2}), Optional.of(NOW.minusSeconds(10))));

        assertThat(rules.judge(REPOSITORY, tags, NOW).entrySet().stream()
                        .filter(entry -> entry.getValue().kept())
                        .map(entry -> entry.getKey().name()))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void takesRegularExpressionsBetweenSlashes() {
        assertThat(kept("{'tags': '/dev-[0-9]+/', 'keep': 0}", "dev-1", "dev-x", "my-dev-1"))
                .containsExactly("dev-x", "my-dev-1");
    }

    @Test
    void holdsWhereItsRepositoriesAre() {
        assertThat(kept("{'tags': '*', 'repositories': 'registry.example.com/*/cache', 'keep': 0}", "a"))
                .containsExactly("a");
        assertThat(kept("{'tags': '*', 'repositories': 'registry.example.com/acme/*', 'keep': 0}", "a"))
                .isEmpty();
    }

    @Test
    void keepsWhereAnyRuleKeeps() {
        assertThat(kept("{'tags': '*', 'keep': 0}, {'tags': 'v*', 'keep': 1, 'order': 'name'}", "v1", "v2", "dev"))
                .containsExactly("v2");
    }

    @Test
    void readsTheWholeOfADocument() {
        RetentionRules rules = read(
                "{'rules': [], 'protect': ['stable'], 'untaggedAfter': '12h'," + " 'maxDeletes': 5, 'mayEmpty': true}");

        assertThat(rules.untaggedAfter()).contains(Duration.ofHours(12));
        assertThat(rules.maxDeletes()).hasValue(5);
        assertThat(rules.mayEmpty()).isTrue();
        assertThat(rules.protect()).containsExactly(NamePattern.parse("stable"));
        assertThat(read("{'untaggedAfter': 'never'}").untaggedAfter()).isEmpty();
        assertThat(read("{}").untaggedAfter()).contains(Duration.ofDays(7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'rules': [{'tags': 'v*'}]}|The rule for the tags v* does not say what is kept of them."
                        + " Give it a number to keep, an age, or minors and patches; 0 keeps none.",
                "{'rules': [{'tags': 'v*', 'minors': 3}]}|The rule for the tags v* has one of minors and patches."
                        + " Give both, as in 3 minors of 2 patches each.",
                "{'keepLast': 3}|A document of retention rules with 'keepLast' is not known."
                        + " Take one of maxDeletes, mayEmpty, protect, rules, untaggedAfter.",
                "{'rules': [{'tag': 'v*'}]}|A retention rule with 'tag' is not known."
                        + " Take one of keep, minors, order, patches, repositories, tags, younger.",
                "{'rules': [{'tags': 'v*', 'keep': '3'}]}|'keep' of the retention rules is \\\"3\\\""
                        + " and not a number from 0 to 1000000. Write it as in \\\"keep\\\": 10.",
                "{'rules': [{'tags': 'v*', 'keep': 3, 'order': 'size'}]}|'size' is no order in which tags are kept."
                        + " Write one of age, version, name.",
                "{'rules': [{'tags': 'v*', 'younger': 'old'}]}|'old' is not an age."
                        + " Write days, hours or weeks, as in 30d, 12h or 2w.",
                "{'rules': 'x'}|'rules' of the retention rules is \\\"x\\\" and not a list."
                        + " Write it as in \\\"rules\\\": [{\\\"tags\\\": \\\"dev-*\\\", \\\"keep\\\": 10}].",
                "{'rules': ['x']}|'rules' of the retention rules is \\\"x\\\" and not an object."
                        + " Write it as in \\\"rules\\\": [{\\\"tags\\\": \\\"dev-*\\\", \\\"keep\\\": 10}].",
                "{'rules': [{'keep': 1}]}|'tags' of the retention rules is missing and not text."
                        + " Write it as in \\\"tags\\\": \\\"dev-*\\\".",
                "{'rules': [{'tags': ['v*'], 'keep': 1}]}|'tags' of the retention rules is [\\\"v*\\\"] and not text."
                        + " Write it as in \\\"tags\\\": \\\"dev-*\\\".",
                "{'protect': 'stable'}|'protect' of the retention rules is \\\"stable\\\" and not a list."
                        + " Write it as in \\\"protect\\\": [\\\"stable\\\"].",
                "{'protect': ['']}|'protect' of the retention rules is \\\"\\\" and not text."
                        + " Write it as in \\\"protect\\\": [\\\"stable\\\"].",
                "{'untaggedAfter': 7}|'untaggedAfter' of the retention rules is 7 and not text."
                        + " Write it as in \\\"untaggedAfter\\\": \\\"7d\\\".",
                "{'mayEmpty': 'false'}|'mayEmpty' of the retention rules is \\\"false\\\" and not true or false."
                        + " Write it as in \\\"mayEmpty\\\": true."
            })
    void refusesWhatIsNoRule(String json, String message) {
        assertThatThrownBy(() -> read(json)).hasMessage(message.replace("\\\"", "\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "{}", "[]", "['']", "[['a']]", "null", "7"})
    void refusesRepositoriesThatNameNone(String repositories) {
        assertThatThrownBy(() -> read("{'rules': [{'tags': '*', 'keep': 1, 'repositories': " + repositories + "}]}"))
                .hasMessageStartingWith("'repositories' of the retention rules is ")
                .hasMessageContaining(" and not text")
                .hasMessageEndingWith(" Write it as in \"repositories\": \"ghcr.io/acme/*\".");
    }

    @Test
    void holdsInEachRepositoryOfAList() {
        String rule = "{'tags': '*', 'keep': 0, 'repositories': ['other.example.com/*', '%s']}";

        assertThat(kept(rule.formatted("registry.example.com/*/cache"), "a")).containsExactly("a");
        assertThat(kept(rule.formatted("registry.example.com/acme/app"), "a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v[0-9]+|a regular expression begins and ends with a slash",
                "v[0-9]+/|a regular expression begins and ends with a slash",
                "//|a regular expression begins and ends with a slash",
                "v[0-9]{1|no tag and no repository has a '{'",
                "v1,v2|no tag and no repository has a ','",
                "^(a)$|no tag and no repository has a '('"
            })
    void refusesAPatternThatMeansNoName(String pattern, String reason) {
        assertThatThrownBy(() -> NamePattern.parse(pattern))
                .hasMessage("'" + pattern + "' is no pattern of names: " + reason
                        + ". Write it as in v1.*, or a regular expression between slashes, as in /v[0-9]+/.");
    }

    @Test
    void readsSeveralPatternsOfWhichACommaMayBeAPart() {
        assertThat(NamePattern.parseAll("stable, /v[0-9]{1,3}/,lts-*,/a{2,}/"))
                .extracting(NamePattern::toString)
                .containsExactly("stable", "/v[0-9]{1,3}/", "lts-*", "/a{2,}/");
        assertThatThrownBy(() -> NamePattern.parseAll("stable,,lts")).hasMessageStartingWith("'' is not a pattern");
        assertThatThrownBy(() -> NamePattern.parseAll("")).hasMessageStartingWith("'' is not a pattern");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev-*", "=3", "dev-*=x", "dev-*=-1"})
    void refusesACountThatIsNone(String text) {
        assertThatThrownBy(() -> TagRule.parseKeep(text))
                .hasMessage("'" + text + "' is not a pattern of tags with how many of them are kept."
                        + " Write it as in dev-*=10.");
    }

    @Test
    void refusesAnAgeWithoutAPattern() {
        assertThatThrownBy(() -> TagRule.parseYounger("180d"))
                .hasMessage("'180d' is not a pattern of tags with the age up to which they are kept."
                        + " Write it as in v*=180d.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "20261121T000000Z-12",
                "today-44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
            })
    void refusesWhatIsNoHashOfAPlan(String text) {
        assertThatThrownBy(() -> PlanHash.parse(text))
                .hasMessage("'" + text + "' is not the hash of a plan. Copy it whole from the plan, as in"
                        + " 20261121T201000Z-44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a.");
    }

    private static RetentionRules read(String json) {
        return RulesReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Stream<String> kept(String rules, String... names) {
        Map<Tag, TagVerdict> verdicts = verdicts(rules, names);
        return Stream.of(names)
                .filter(name -> verdicts.get(new Tag(name)).kept())
                .sorted();
    }

    /** Each tag an image of its own, each older than the one before. */
    private static Map<Tag, TagVerdict> verdicts(String rules, String... names) {
        List<TaggedManifest> tags = new ArrayList<>();
        Instant time = NOW;
        for (String name : names) {
            time = time.minus(Duration.ofDays(1));
            tags.add(new TaggedManifest(
                    new Tag(name), Digest.sha256(name.getBytes(StandardCharsets.UTF_8)), Optional.of(time)));
        }
        return read("{'rules': [" + rules + "]}").judge(REPOSITORY, tags, NOW);
    }
}
