package io.jenkins.plugins.multiarch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagRuleTest {

    @Test
    void readsFieldsWithCommasInQuotes() {
        TagRule rule = TagRule.parse("type=match,\"pattern=^v(\\d{1,3}) \"\"x\"\"$\", group = 1 ");

        assertThat(rule.get("pattern")).isEqualTo("^v(\\d{1,3}) \"x\"$");
        assertThat(rule.get("group")).isEqualTo("1");
    }

    @Test
    void isTheSameAsAMap() {
        assertThat(TagRule.of(Map.of("type", "semver", "pattern", "{{version}}", "priority", "5")))
                .isEqualTo(TagRule.parse("type=semver,priority=5,pattern={{version}}"))
                .hasToString("type=semver,pattern={{version}},priority=5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "type=foo|its type 'foo' is not known",
                "type=semver|type=semver needs 'pattern'",
                "type=pep440|type=pep440 needs 'pattern'",
                "type=match|type=match needs 'pattern'",
                "type=match,pattern=v,group=x|'group' is a number from 0 to 99",
                "type=raw|type=raw needs 'value'",
                "type=ref|'event' is one of branch, tag, pr",
                "type=ref,event=push|'event' is one of branch, tag, pr",
                "type=sha,format=tiny|'format' is one of short, long",
                "type=sha,length=2|'length' is a number from 4 to 64",
                "type=edge,priority=high|'priority' is a number from 0 to 1000000",
                "type=edge,brnach=main|type=edge has no 'brnach'"
            })
    void saysWhatIsWrong(String rule, String reason) {
        assertThat(Refusal.of(() -> TagRule.parse(rule)))
                .isEqualTo("'" + rule + "' is not a rule for tags: " + reason
                        + ". Write it as in type=semver,pattern={{version}}; docs/release-plan.md has all of them.");
    }

    @Test
    void refusesAQuoteWithoutEnd() {
        assertThat(Refusal.of(() -> TagRule.parse("type=raw,\"value=a")))
                .isEqualTo("'type=raw,\"value=a' has a quote that does not end."
                        + " Put quotes around the whole field, as in \"pattern=v(\\d{1,3})\".");
    }

    @Test
    void refusesFlavorsThatAreNone() {
        for (String flavor : List.of("latest", "latest=maybe", "colour=red", "onlatest=true", "prefix=a,onlatest=x")) {
            assertThat(Refusal.of(() -> Flavor.parse(List.of(flavor))))
                    .isEqualTo("'" + flavor + "' is not a flavor of tags. Write latest=auto|true|false, prefix=TEXT or"
                            + " suffix=TEXT, these with ,onlatest=true for latest too.");
        }
    }

    @Test
    void refusesRulesThatAreNeitherEnabledNorNot() {
        assertThat(Refusal.of(() -> tags("type=raw,x,enable={{branch}}")))
                .isEqualTo("'main' says neither that the rule 'type=raw,value=x,enable={{branch}}' is enabled nor that"
                        + " it is not. Write enable=true, enable=false, or an expression that comes to one of them.");
    }

    @Test
    void refusesExpressionsThatItDoesNotKnow() {
        String cure = "' is not an expression that is known here."
                + " See docs/release-plan.md for those that are, and how they are written.";

        for (String expression : List.of("{{brnach}}", "{{#if x}}", "{{date YYYY}}", "{{major}}", "{{ }}")) {
            assertThat(Refusal.of(() -> tags("type=raw,value=" + expression))).isEqualTo("'" + expression + cure);
        }
    }

    @Test
    void refusesWhatItCannotDate() {
        assertThat(Refusal.of(() -> tags("type=raw,value={{commit_date 'YYYY'}}")))
                .isEqualTo("The date of the commit is not known, and a rule asks for it by commit_date."
                        + " Give it, or use date, which is when the build began.");
        assertThat(Refusal.of(() -> tags("type=raw,value={{date 'YYYY' tz='Mars/North'}}")))
                .isEqualTo("'Mars/North' is not a time zone."
                        + " Write one as in Europe/Berlin, or leave tz out for UTC.");
        assertThat(Refusal.of(() -> tags("type=raw,value=" + "a".repeat(1_001))))
                .endsWith("' has more than 1000 characters. Write less.");
    }

    private static List<String> tags(String... rules) {
        BuildFacts facts =
                BuildFacts.of(Ref.parse("main"), Cause.PUSH, Instant.EPOCH).build();
        return Tags.withoutFurtherRules(facts, List.of(rules), List.of()).names();
    }
}
